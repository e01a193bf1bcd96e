"""Between the window and the device: what is polled becomes what is shown, clicks become work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from countersign.desktop.bugs import bug_error
from countersign.desktop.enroll.first_start import FirstStart
from countersign.desktop.error_page import ErrorPage
from countersign.desktop.main_window.absence import Absence, expired_since
from countersign.desktop.main_window.commands import install_commands
from countersign.desktop.main_window.dialogs import Dialogs
from countersign.desktop.main_window.links import Links
from countersign.desktop.main_window.past import Past
from countersign.desktop.main_window.reading import Reading
from countersign.desktop.main_window.showing import Showing
from countersign.desktop.main_window.workspace import Workspace
from countersign.desktop.notify.denying import deny
from countersign.desktop.notify.mutes import Mutes
from countersign.desktop.pin.locking import Locking
from countersign.desktop.preferences import Preferences
from countersign.desktop.presence.following import Following
from countersign.desktop.silent.silent import Silent
from countersign.desktop.silent.strip import SilentStrip
from countersign.desktop.tasks import Tasks, for_ever
from countersign.device.decisions import Decisions
from countersign.device.errors import restored_error
from countersign.device.polling import Poller
from countersign.push.errors import CountersignError

if TYPE_CHECKING:
    from countersign.desktop.main_window.window import MainWindow
    from countersign.desktop.theme import Theme
    from countersign.device.device import Device
    from countersign.device.inbox import Request
    from countersign.device.polling import Watch
    from countersign.device.records import Account
    from countersign.device.silent.events import SilentApproved

_TICK: Final = 1000


class Controller(QObject):
    """Runs the window: one for its whole life. `start` it, and await `stop` in the end.

    `polled` comes after each answer of a service, once it is shown.
    """

    polled = Signal()
    settingsRequested = Signal()

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        device: Device,
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._device = device
        self._decisions = Decisions(device)
        self.preferences = preferences or Preferences(parent=self)
        self._tasks = Tasks(self)
        self._tasks.failed.connect(self.tell)
        self.poller = Poller(device, self._polled)
        self.following = Following(self.poller, self.preferences, self)
        self.mutes = Mutes()
        self.reading = Reading(window, theme, device, self._decisions, self.mutes)
        self.workspace = Workspace(theme, self.reading.pane, device, window)
        self.first_start = FirstStart(device, window)
        self.showing = Showing(window, self.workspace, device, self._decisions, self.mutes)
        self.past = Past(
            window,
            self.workspace,
            self.showing,
            decisions=self._decisions,
            device=device,
            tasks=self._tasks,
            theme=theme,
        )
        self.dialogs = Dialogs(window, device, self.showing.watch, self.mutes)
        self.silent = self.dialogs.silent = Silent(device, self._decisions, self)
        self.workspace.add_strip(SilentStrip(self.silent, self.workspace))
        for page in (self.workspace, self.first_start):
            window.add_page(page)
        self._links = Links(self, window, device)
        self.locking = Locking(self, window, device)
        self._absence = Absence(self)
        self.second = QTimer(self)
        self.second.setInterval(_TICK)
        self._connect()
        self.reading.asks_pin = self.silent.asks_pin = self._asks_pin
        self._follow_preferences()
        install_commands(window, self)

    def start(self) -> None:
        """Show what there is, and begin to poll."""
        self._tasks.start(self._begin(), "start")

    async def quiet(self) -> None:
        """Bring all that works with the keys to its end; the window goes on."""
        await self._links.settled()
        await self.dialogs.settled()
        await self._decisions.idle()

    async def stop(self) -> None:
        """End in order: what is on its way is waited for, everything else is stopped."""
        self.second.stop()
        self.following.stop()
        self.reading.close()
        await self.locking.settled()
        await self._tasks.settled()
        await self.showing.settled()
        await self.quiet()
        await self.reading.settled()
        await self.first_start.trying.settled()

    async def refresh_accounts(self) -> None:
        """Follow accounts that came, went or changed."""
        locked = self.locking.locked
        accounts = [] if locked else await self._device.accounts.all()
        self.reading.follow_accounts({account.sid for account in accounts})
        self.showing.set_accounts(accounts)
        self.silent.set_accounts(accounts)
        page = self.workspace if accounts else self.first_start
        self._window.show_page(self.locking.page if locked else page)
        self.poller.check_now()

    def answered(self) -> None:
        """Look what became of it, here and there: a request was answered, or may have been."""
        self.poller.check_now()
        self.past.load()

    async def deny(self, shown: Request) -> None:
        """Deny a request exactly as it was shown elsewhere; raises what `denying.deny` raises."""
        await deny(self._device, self._decisions, shown)

    def service_time(self, account: Account) -> float:
        """Return the time of an account's service, in POSIX seconds."""
        return self._device.clock(account).now()

    def open_link(self, link: str) -> None:
        """Follow a link from outside: nothing is done before the user says so."""
        self.locking.then(lambda: self._links.open(link))

    def read_small(self, sid: str) -> bool:
        """Show a request in the small window, as somebody wanted it from outside of the window.

        False where there is no such one, or a PIN is in the way.
        """
        if self.locking.locked:
            return False
        small = self.reading.small
        small.set_requests(self.showing.all_requests())
        return small.show_request(sid, chosen=True, guarded=True)

    def show_details(self) -> None:
        """Show the account that is chosen, or the only one."""
        sid = self.showing.chosen or self.showing.only_account
        if sid:
            self.dialogs.details(sid)

    def lock(self) -> None:
        """Lock, where there is a PIN; else show where one is chosen."""
        if self.locking.can_lock:
            self.locking.lock()
        elif not self.locking.locked:
            self.settingsRequested.emit()

    def tell(self, error: BaseException) -> None:
        """Tell what no pane has handled: a sentence where it is ours, and where not, that too."""
        if not isinstance(error, CountersignError):
            error = bug_error(error)
        if self._window.blank:  # nothing is there yet that could have a banner
            self._window.show_page(ErrorPage(error, self._window))
        self.showing.banners.set_problem(error)
        self._window.errorShown.emit(error.code)

    async def _begin(self) -> None:
        self.locking.begin()
        await self.refresh_accounts()
        if self._device.restored:
            self.tell(restored_error(self._device.restored))
        self.second.start()
        self._tasks.start(for_ever(self.poller.run, self.tell), "polling")
        self._tasks.start(for_ever(self.silent.run, self.tell), "silent approval")
        self.following.start(self._tasks)
        if not self.locking.locked:
            await self.past.begin()

    def _polled(self, watches: list[Watch]) -> None:
        self.showing.set_watches(list(self.poller.watches.values()))
        self.reading.polled(watches)
        self.past.follow(watches)
        self.polled.emit()
        if not self.poller.busy:
            self._window.pollFinished.emit()

    def _connect(self) -> None:
        panes, dialogs = self.workspace, self.dialogs
        self.preferences.changed.connect(self._follow_preferences)
        self.reading.begin(panes, self.showing)
        self.reading.answered.connect(self.answered)
        self.reading.removeAccountRequested.connect(dialogs.remove)
        self.reading.broke.connect(self.tell)
        self.showing.banners.add(self.first_start.banner)
        self.showing.banners.checkRequested.connect(self.poller.check_now)
        self.showing.banners.removeRequested.connect(dialogs.remove)
        panes.inbox.checkNow.connect(self.poller.check_now)
        panes.sidebar.chosen.connect(self.showing.choose)
        panes.sidebar.add_account.clicked.connect(dialogs.add)
        panes.sidebar.accounts.menuRequested.connect(dialogs.account_menu)
        panes.unfinished.enrollmentFinished.connect(self._added)
        panes.unfinished.removed.connect(self._accounts_changed)
        panes.removed.addRequested.connect(dialogs.add_again)
        panes.unfinished.addRequested.connect(dialogs.add_again)
        panes.removed.removeRequested.connect(dialogs.remove)
        dialogs.begin_from(self.first_start)
        self.first_start.linkRequested.connect(self.open_link)
        self.silent.approved.connect(self._approved_silently)
        self.following.presence.changed.connect(self.silent.set_presence)
        self.following.presence.changed.connect(self.locking.set_presence)
        self.locking.changed.connect(self._locked)
        self._window.closed.connect(self.silent.window_closed)
        dialogs.added.connect(self._added)
        dialogs.changed.connect(self._accounts_changed)
        for tasks in (dialogs.tasks, self.showing.tasks, self.showing.cards.tasks):
            tasks.failed.connect(self.tell)
        self.showing.cards.answered.connect(self.answered)
        self.second.timeout.connect(self.showing.tell_time)
        self.second.timeout.connect(self._absence.tick)
        self._absence.ended.connect(self._back_again)

    def _approved_silently(self, event: SilentApproved) -> None:
        sid = event.request.challenge.sid
        self._window.silentApproved.emit(sid)
        self._window.decisionConfirmed.emit(sid, event.request.challenge.status.value)
        self.answered()

    def _follow_preferences(self) -> None:
        self.reading.keep_small_open(keep=self.preferences.now.keep_small_open)

    def _back_again(self, since: float) -> None:
        self._tasks.start(self._tell_expired(since), "what expired")

    async def _tell_expired(self, since: float) -> None:
        self.showing.banners.set_expired_while_away(await expired_since(self._device, since))

    def _added(self, sid: str) -> None:
        self._accounts_changed()
        self._window.enrollmentFinished.emit(sid)

    def _asks_pin(self) -> bool:
        return self._device.pin.is_set and self.preferences.now.pin_each_time

    def _locked(self, locked: bool) -> None:  # noqa: FBT001 - as Qt's signals have it
        if locked:
            self.past.cover()
        else:
            self._tasks.start(self.past.begin(), "history")

    def _accounts_changed(self) -> None:
        self._tasks.start(self.refresh_accounts(), "accounts")
