"""The sentences of `push`, `device` and `storage` that the window may show, for translation.

Those layers know no Qt: they speak English, for the command line too. What is between braces is
filled in there. tests/desktop/language/test_errors.py compares this list with their code.
"""

from __future__ import annotations

from typing import Final


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text for lupdate, which knows this name; Qt's own is typed as returning anything."""
    return text


SENTENCES: Final = (
    QT_TRANSLATE_NOOP("Errors", "That isn't a web address."),
    QT_TRANSLATE_NOOP("Errors", "Check it, or paste it again."),
    QT_TRANSLATE_NOOP("Errors", "An address starts with https://."),
    QT_TRANSLATE_NOOP("Errors", "The address must start with https://. Nothing was sent."),
    QT_TRANSLATE_NOOP("Errors", "The API's address can't have a query."),
    QT_TRANSLATE_NOOP("Errors", "Check it."),
    QT_TRANSLATE_NOOP("Errors", "{host} answered, but not as expected."),
    QT_TRANSLATE_NOOP("Errors", "The address may be wrong."),
    QT_TRANSLATE_NOOP("Errors", "This account isn't for approving requests."),
    QT_TRANSLATE_NOOP("Errors", "Tell {support}."),
    QT_TRANSLATE_NOOP("Errors", "This network, or {host}, wants you to sign in first."),
    QT_TRANSLATE_NOOP("Errors", "Do that in your browser, then try again."),
    QT_TRANSLATE_NOOP("Errors", "{host} said no to this ID or code."),
    QT_TRANSLATE_NOOP("Errors", "Check both, or ask for a new code."),
    QT_TRANSLATE_NOOP("Errors", "{host} is busy."),
    QT_TRANSLATE_NOOP("Errors", "Try again in a minute."),
    QT_TRANSLATE_NOOP("Errors", "Try again in {seconds} s."),
    QT_TRANSLATE_NOOP("Errors", "{host} can't use this ID."),
    QT_TRANSLATE_NOOP("Errors", "{host} didn't confirm this computer's key."),
    QT_TRANSLATE_NOOP("Errors", "{host} answered about another account."),
    QT_TRANSLATE_NOOP("Errors", "{host} sent a request that belongs to another account."),
    QT_TRANSLATE_NOOP("Errors", "It wasn't used. Tell {support}."),
    QT_TRANSLATE_NOOP(
        "Errors", "This computer's clock is more than a day off, so its answers aren't accepted."
    ),
    QT_TRANSLATE_NOOP("Errors", "Set this computer's date and time, then try again."),
    QT_TRANSLATE_NOOP("Errors", "{host} left out what this computer needs to sign in."),
    QT_TRANSLATE_NOOP("Errors", "{host} says that a new account was already checked."),
    QT_TRANSLATE_NOOP(
        "Errors", "The permission ran out before we could use it. Nothing was added."
    ),
    QT_TRANSLATE_NOOP("Errors", "Try again."),
    QT_TRANSLATE_NOOP("Errors", "The key made a signature that isn't one."),
    QT_TRANSLATE_NOOP("Errors", "Can't reach {host}."),
    QT_TRANSLATE_NOOP("Errors", "Check the address and your connection."),
    QT_TRANSLATE_NOOP("Errors", "The connection to {host} isn't safe, so nothing was sent."),
    QT_TRANSLATE_NOOP("Errors", "The connection to {host} broke before its answer came."),
    QT_TRANSLATE_NOOP("Errors", "Check your connection and try again."),
    QT_TRANSLATE_NOOP("Errors", "The proxy refused the connection to {host}."),
    QT_TRANSLATE_NOOP("Errors", "Check the proxy's settings."),
    QT_TRANSLATE_NOOP("Errors", "The request to {host} couldn't be made."),
    QT_TRANSLATE_NOOP("Errors", "The request can't be written down, so nothing was sent."),
    QT_TRANSLATE_NOOP("Errors", "The answer was too large, so it wasn't used."),
    QT_TRANSLATE_NOOP("Errors", "{host} sent a list that isn't one."),
    QT_TRANSLATE_NOOP("Errors", "The service didn't say what to sign, so it can't be answered."),
    QT_TRANSLATE_NOOP("Errors", "The service's answer {why}, so it wasn't used."),
    QT_TRANSLATE_NOOP("Errors", "{host} didn't accept the proof of this computer's key."),
    QT_TRANSLATE_NOOP("Errors", "This ID already has 20 devices."),
    QT_TRANSLATE_NOOP("Errors", "Remove one, or ask {support}."),
    QT_TRANSLATE_NOOP("Errors", "This computer is already registered."),
    QT_TRANSLATE_NOOP("Errors", "This account isn't finished."),
    QT_TRANSLATE_NOOP("Errors", "Finish it, or remove it and add it again."),
    QT_TRANSLATE_NOOP("Errors", "This request was already answered."),
    QT_TRANSLATE_NOOP("Errors", "This request expired. Nothing was approved."),
    QT_TRANSLATE_NOOP("Errors", "Still signing in? Start again there."),
    QT_TRANSLATE_NOOP("Errors", "{host} didn't accept the signature of the answer."),
    QT_TRANSLATE_NOOP("Errors", "Too many tries today for this ID."),
    QT_TRANSLATE_NOOP("Errors", "Try again tomorrow."),
    QT_TRANSLATE_NOOP("Errors", "{host} doesn't accept this computer's key."),
    QT_TRANSLATE_NOOP("Errors", "If it stays so, remove the account and add it again."),
    QT_TRANSLATE_NOOP("Errors", "{host} refused this."),
    QT_TRANSLATE_NOOP("Errors", "{host} doesn't know this request or account."),
    QT_TRANSLATE_NOOP("Errors", "{host} says that this exists already."),
    QT_TRANSLATE_NOOP("Errors", "{host} refused this request."),
    QT_TRANSLATE_NOOP("Errors", "No account on this computer has this sid."),
    QT_TRANSLATE_NOOP("Errors", "See: countersign accounts"),
    QT_TRANSLATE_NOOP(
        "Errors", "The service didn't say what to sign, so this request can't be answered."
    ),
    QT_TRANSLATE_NOOP("Errors", "A name has 1 to {limit} visible characters."),
    QT_TRANSLATE_NOOP(
        "Errors",
        "We don't know if {host} registered this computer. If it did, a spare entry may "
        "stay there. Nothing is kept here.",
    ),
    QT_TRANSLATE_NOOP("Errors", "Too late to finish. Add it again."),
    QT_TRANSLATE_NOOP("Errors", "Remove the account first."),
    QT_TRANSLATE_NOOP(
        "Errors",
        "Can't save on this computer: the disk is full or read-only. A spare entry for "
        "this computer may stay at your company.",
    ),
    QT_TRANSLATE_NOOP("Errors", "Make room on the disk and try again."),
    QT_TRANSLATE_NOOP("Errors", "Too late: this request expired. Nothing was approved."),
    QT_TRANSLATE_NOOP("Errors", "Too late: this request expired. Nothing was denied."),
    QT_TRANSLATE_NOOP("Errors", "Your answer did not arrive. Nothing was approved."),
    QT_TRANSLATE_NOOP("Errors", "Your answer did not arrive. Nothing was denied."),
    QT_TRANSLATE_NOOP("Errors", "Answer again, if the request still waits."),
    QT_TRANSLATE_NOOP(
        "Errors", "This request changed while you were reading. Your answer was not taken."
    ),
    QT_TRANSLATE_NOOP("Errors", "This request changed while you were reading. Look at it again."),
    QT_TRANSLATE_NOOP("Errors", "Read it again."),
    QT_TRANSLATE_NOOP("Errors", "This request was already approved from this computer."),
    QT_TRANSLATE_NOOP("Errors", "This request was already denied from this computer."),
    QT_TRANSLATE_NOOP("Errors", "See when: countersign history"),
    QT_TRANSLATE_NOOP("Errors", "This request was answered with your key, but not by this app."),
    QT_TRANSLATE_NOOP("Errors", "Tell {support} now: someone may have a copy of your key."),
    QT_TRANSLATE_NOOP("Errors", "The table can't be saved there."),
    QT_TRANSLATE_NOOP("Errors", "Choose another file."),
    QT_TRANSLATE_NOOP("Errors", "That ID can't be used."),
    QT_TRANSLATE_NOOP("Errors", "Use the ID from your company, as it is."),
    QT_TRANSLATE_NOOP("Errors", "No account on this computer has this request."),
    QT_TRANSLATE_NOOP("Errors", "See what waits: countersign inbox"),
    QT_TRANSLATE_NOOP("Errors", "There is no account on this computer yet."),
    QT_TRANSLATE_NOOP("Errors", "Add one: countersign enroll"),
    QT_TRANSLATE_NOOP("Errors", "This link isn't complete."),
    QT_TRANSLATE_NOOP("Errors", "Ask for a new one."),
    QT_TRANSLATE_NOOP("Errors", "Your company's settings for Countersign can't be used. {why}"),
    QT_TRANSLATE_NOOP("Errors", "You can look at requests and deny them. Ask {support}."),
    QT_TRANSLATE_NOOP("Errors", "Your company wants a PIN for approvals, and there is none yet."),
    QT_TRANSLATE_NOOP(
        "Errors", "Choose one in the settings, under Security. You can deny without it."
    ),
    QT_TRANSLATE_NOOP("Errors", "This computer has no TPM that Countersign can use."),
    QT_TRANSLATE_NOOP("Errors", "Add it without."),
    QT_TRANSLATE_NOOP(
        "Errors", "This account's key is in the TPM, and this Countersign can't speak to it."
    ),
    QT_TRANSLATE_NOOP("Errors", "Install Countersign with its extra `tpm`."),
    QT_TRANSLATE_NOOP(
        "Errors",
        "This computer's TPM, which keeps the key, didn't do what Countersign asked of it.",
    ),
    QT_TRANSLATE_NOOP("Errors", "Try again. If that doesn't help, restart this computer."),
    QT_TRANSLATE_NOOP("Errors", "A PIN has 6 to 64 digits or letters."),
    QT_TRANSLATE_NOOP("Errors", "This PIN is among the first that anybody would try."),
    QT_TRANSLATE_NOOP("Errors", "Wrong PIN. 1 try left before a pause."),
    QT_TRANSLATE_NOOP("Errors", "Wrong PIN. {left} tries left before a pause."),
    QT_TRANSLATE_NOOP("Errors", "Too many wrong PINs."),
    QT_TRANSLATE_NOOP("Errors", "There is a PIN already."),
    QT_TRANSLATE_NOOP("Errors", "Change it instead."),
    QT_TRANSLATE_NOOP("Errors", "There is no PIN."),
    QT_TRANSLATE_NOOP("Errors", "Choose one in the settings."),
    QT_TRANSLATE_NOOP("Errors", "Countersign is locked by its PIN, so its keys can't be used."),
    QT_TRANSLATE_NOOP(
        "Errors",
        "Unlock Countersign in its window. The command line can't use keys that a PIN protects.",
    ),
    QT_TRANSLATE_NOOP("Errors", "Your company doesn't allow accounts from this address."),
    QT_TRANSLATE_NOOP("Errors", "Ask {support}."),
    QT_TRANSLATE_NOOP(
        "Errors", "We don't know yet if your approval arrived: the connection broke."
    ),
    QT_TRANSLATE_NOOP("Errors", "We don't know yet if your denial arrived: the connection broke."),
    QT_TRANSLATE_NOOP(
        "Errors", "Countersign asks when it can, and won't send it twice. See: countersign history"
    ),
    QT_TRANSLATE_NOOP("Errors", "Silent approval is for 15 minutes and 10 requests at most."),
    QT_TRANSLATE_NOOP("Errors", "History here has no denial of this request."),
    QT_TRANSLATE_NOOP("Errors", "The account was removed from this computer."),
    QT_TRANSLATE_NOOP(
        "Errors", "Your accounts were restored from a copy: the profile's database was damaged."
    ),
    QT_TRANSLATE_NOOP(
        "Errors", "Some of the history may be missing. The damaged file is kept as {aside}."
    ),
    QT_TRANSLATE_NOOP("Errors", "The profile's database is damaged, so it can't be read."),
    QT_TRANSLATE_NOOP("Errors", "Put its file aside and add your accounts again."),
    QT_TRANSLATE_NOOP("Errors", "Another Countersign is busy with this profile."),
    QT_TRANSLATE_NOOP("Errors", "The key for this account was changed in the password store."),
    QT_TRANSLATE_NOOP("Errors", "Remove the account and add it again."),
    QT_TRANSLATE_NOOP(
        "Errors", "The password store has a key of that name already. Nothing was changed."
    ),
    QT_TRANSLATE_NOOP("Errors", "Start again: the next key gets another name."),
    QT_TRANSLATE_NOOP(
        "Errors", "The password store still waits for an answer to its last question."
    ),
    QT_TRANSLATE_NOOP("Errors", "Answer it or close it, then try again."),
    QT_TRANSLATE_NOOP("Errors", "Can't save on this computer: the disk is full or read-only."),
    QT_TRANSLATE_NOOP(
        "Errors", "Make room, or check who may write to the profile's folder, then try again."
    ),
    QT_TRANSLATE_NOOP("Errors", "This profile belongs to a newer version of Countersign."),
    QT_TRANSLATE_NOOP("Errors", "Install the newer version again, or use another profile."),
    QT_TRANSLATE_NOOP("Errors", "Couldn't save. Changes last until you quit."),
    QT_TRANSLATE_NOOP("Errors", "The disk may be full or read-only."),
    QT_TRANSLATE_NOOP(
        "Errors",
        "No password store is running on this computer. Countersign needs one for its keys.",
    ),
    QT_TRANSLATE_NOOP(
        "Errors", "Start GNOME Keyring, KWallet or another Secret Service, then try again."
    ),
    QT_TRANSLATE_NOOP(
        "Errors", "{Store} is locked. Countersign can't check for requests or answer them."
    ),
    QT_TRANSLATE_NOOP("Errors", "Unlock it, then try again."),
    QT_TRANSLATE_NOOP(
        "Errors",
        "{Store} is locked. Its question was closed, so Countersign can't see or answer requests.",
    ),
    QT_TRANSLATE_NOOP("Errors", "Try again, and answer the question."),
    QT_TRANSLATE_NOOP(
        "Errors", "The password store here keeps secrets unprotected, so Countersign won't use it."
    ),
    QT_TRANSLATE_NOOP(
        "Errors", "Use GNOME Keyring, KWallet, Keychain or Credential Manager, then try again."
    ),
    QT_TRANSLATE_NOOP("Errors", "The key for this account is gone and can't be brought back."),
    QT_TRANSLATE_NOOP("Errors", "{Store} didn't do what Countersign asked of it."),
    QT_TRANSLATE_NOOP(
        "Errors", "Try again. If that doesn't help, sign out of this computer and in again."
    ),
    QT_TRANSLATE_NOOP("Errors", "A spare entry may stay there. Nothing is kept here."),
    QT_TRANSLATE_NOOP("Errors", "Choose a file with certificates in PEM form."),
    QT_TRANSLATE_NOOP("Errors", "Choose another one, or none, in Settings."),
    QT_TRANSLATE_NOOP("Errors", "Choose it again."),
    QT_TRANSLATE_NOOP("Errors", "It looks like http://proxy.example.com:8080."),
    QT_TRANSLATE_NOOP("Errors", "The certificate file can't be read."),
    QT_TRANSLATE_NOOP("Errors", "This file has no certificates that can be used."),
    QT_TRANSLATE_NOOP(
        "Errors", "The proxy that this system names can't be used, so nothing was sent."
    ),
    QT_TRANSLATE_NOOP("Errors", "On macOS, links belong to an installed app, and this isn't one."),
    QT_TRANSLATE_NOOP("Errors", "Copy the link, and use Paste link in Countersign."),
    QT_TRANSLATE_NOOP("Errors", "Your mimeapps.list is too large to be one."),
    QT_TRANSLATE_NOOP("Errors", "Nothing was changed."),
)
