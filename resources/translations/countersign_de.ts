<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AccountChecks</name>
    <message>
        <source>When the password store is unlocked</source>
        <translation>Sobald der Passwortspeicher entsperrt ist</translation>
    </message>
    <message>
        <source>When you open Countersign</source>
        <translation>Wenn Sie Countersign öffnen</translation>
    </message>
    <message>
        <source>At {time}</source>
        <translation>Um {time}</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>In {seconds} s</source>
        <translation>In {seconds} s</translation>
    </message>
    <message>
        <source>In {minutes} min</source>
        <translation>In {minutes} min</translation>
    </message>
    <message>
        <source>Checked less often while the screen is locked or the computer sleeps.</source>
        <translation>Wird seltener geprüft, solange der Bildschirm gesperrt ist oder der Computer schläft.</translation>
    </message>
    <message>
        <source>You turned off checking in the background.</source>
        <translation>Sie haben das Prüfen im Hintergrund ausgeschaltet.</translation>
    </message>
    <message>
        <source>Checked less often: this computer has no network.</source>
        <translation>Wird seltener geprüft: Dieser Computer hat kein Netz.</translation>
    </message>
    <message>
        <source>{problem} Tried less and less often.</source>
        <translation>{problem} Es wird immer seltener versucht.</translation>
    </message>
    <message>
        <source>This network wants you to sign in first. Do that in your browser.</source>
        <translation>In diesem Netz müssen Sie sich erst anmelden. Tun Sie das im Browser.</translation>
    </message>
    <message>
        <source>{account} asked us to check less often.</source>
        <translation>{account} möchte, dass wir seltener prüfen.</translation>
    </message>
    <message>
        <source>{account} no longer knows this computer.</source>
        <translation>{account} kennt diesen Computer nicht mehr.</translation>
    </message>
</context>
<context>
    <name>AccountDetails</name>
    <message>
        <source>Account details</source>
        <translation>Kontodetails</translation>
    </message>
    <message>
        <source>New computer? Keys can&apos;t move. Add the account there, then remove it here.</source>
        <translation>Neuer Computer? Schlüssel können nicht umziehen. Fügen Sie das Konto dort hinzu und entfernen Sie es dann hier.</translation>
    </message>
    <message>
        <source>Remove account…</source>
        <translation>Konto entfernen…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Account name</source>
        <translation>Name des Kontos</translation>
    </message>
    <message>
        <source>Only you see this</source>
        <translation>Nur Sie sehen ihn</translation>
    </message>
    <message>
        <source>Name of this computer</source>
        <translation>Name dieses Computers</translation>
    </message>
    <message>
        <source>Your company sees this</source>
        <translation>Ihr Unternehmen sieht ihn</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Your ID</source>
        <translation>Ihre Kennung</translation>
    </message>
    <message>
        <source>Added on</source>
        <translation>Hinzugefügt am</translation>
    </message>
    <message>
        <source>Last checked</source>
        <translation>Zuletzt geprüft</translation>
    </message>
    <message>
        <source>Next check</source>
        <translation>Nächste Prüfung</translation>
    </message>
</context>
<context>
    <name>AccountList</name>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
</context>
<context>
    <name>Accounts</name>
    <message>
        <source>Not finished</source>
        <translation>Nicht fertig</translation>
    </message>
    <message>
        <source>Offline since {time}</source>
        <translation>Offline seit {time}</translation>
    </message>
    <message>
        <source>Can&apos;t check since {time}</source>
        <translation>Keine Prüfung möglich seit {time}</translation>
    </message>
    <message>
        <source>Removed by your company</source>
        <translation>Von Ihrem Unternehmen entfernt</translation>
    </message>
    <message>
        <source>Asked us to check less often. Next check {time}.</source>
        <translation>Wir sollen seltener prüfen. Nächste Prüfung {time}.</translation>
    </message>
    <message>
        <source>This network wants you to sign in first</source>
        <translation>In diesem Netz müssen Sie sich erst anmelden</translation>
    </message>
    <message>
        <source>Its key is gone</source>
        <translation>Der Schlüssel ist weg</translation>
    </message>
    <message>
        <source>No notices until {time}</source>
        <translation>Keine Mitteilungen bis {time}</translation>
    </message>
</context>
<context>
    <name>AllRequestsButton</name>
    <message>
        <source>All requests</source>
        <translation>Alle Anfragen</translation>
    </message>
</context>
<context>
    <name>Announcement</name>
    <message>
        <source>New request from {account}: {message}</source>
        <translation>Neue Anfrage von {account}: {message}</translation>
    </message>
</context>
<context>
    <name>Answer</name>
    <message>
        <source>It expired first.</source>
        <translation>Sie war schon abgelaufen.</translation>
    </message>
    <message>
        <source>It did not arrive.</source>
        <translation>Sie ist nicht angekommen.</translation>
    </message>
    <message>
        <source>The request had changed since it was shown.</source>
        <translation>Die Anfrage war nicht mehr die, die Sie gesehen hatten.</translation>
    </message>
    <message>
        <source>Silent approval ended before it was sent.</source>
        <translation>Das Genehmigen ohne Nachfrage endete, bevor es gesendet war.</translation>
    </message>
    <message>
        <source>It was answered from this computer before.</source>
        <translation>Sie wurde schon vorher von diesem Computer beantwortet.</translation>
    </message>
    <message>
        <source>This request was answered with your key, but not by this app. Tell {support} now.</source>
        <translation>Diese Anfrage wurde mit Ihrem Schlüssel beantwortet, aber nicht von dieser App. Informieren Sie sofort {support}.</translation>
    </message>
    <message>
        <source>{account} took this request back.</source>
        <translation>{account} hat diese Anfrage zurückgezogen.</translation>
    </message>
    <message>
        <source>The account was removed before it was known if it arrived.</source>
        <translation>Das Konto wurde entfernt, bevor klar war, ob sie angekommen ist.</translation>
    </message>
    <message>
        <source>{account} couldn&apos;t be reached.</source>
        <translation>{account} war nicht erreichbar.</translation>
    </message>
    <message>
        <source>It couldn&apos;t be sent.</source>
        <translation>Sie konnte nicht gesendet werden.</translation>
    </message>
    <message>
        <source>The connection to {account} wasn&apos;t safe.</source>
        <translation>Die Verbindung zu {account} war nicht sicher.</translation>
    </message>
    <message>
        <source>This computer&apos;s date or time was wrong.</source>
        <translation>Datum oder Uhrzeit dieses Computers waren falsch.</translation>
    </message>
    <message>
        <source>Your password store was locked.</source>
        <translation>Ihr Passwortspeicher war gesperrt.</translation>
    </message>
    <message>
        <source>No password store was running.</source>
        <translation>Es lief kein Passwortspeicher.</translation>
    </message>
    <message>
        <source>The key for this account was gone.</source>
        <translation>Der Schlüssel zu diesem Konto war weg.</translation>
    </message>
    <message>
        <source>{account} didn&apos;t accept this computer&apos;s key.</source>
        <translation>{account} hat den Schlüssel dieses Computers nicht akzeptiert.</translation>
    </message>
    <message>
        <source>{account} didn&apos;t accept the signature.</source>
        <translation>{account} hat die Signatur nicht akzeptiert.</translation>
    </message>
    <message>
        <source>{account} refused it.</source>
        <translation>{account} hat sie abgewiesen.</translation>
    </message>
    <message>
        <source>It was refused.</source>
        <translation>Sie wurde abgewiesen.</translation>
    </message>
    <message>
        <source>{account} was busy.</source>
        <translation>{account} war ausgelastet.</translation>
    </message>
    <message>
        <source>It was not taken.</source>
        <translation>Sie wurde nicht angenommen.</translation>
    </message>
    <message>
        <source>{account} has it as approved.</source>
        <translation>Bei {account} gilt sie als genehmigt.</translation>
    </message>
    <message>
        <source>{account} has it as denied.</source>
        <translation>Bei {account} gilt sie als abgelehnt.</translation>
    </message>
    <message>
        <source>Checking answer</source>
        <translation>Antwort wird geprüft</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Removed from this computer</source>
        <translation>Von diesem Computer entfernt</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Genehmigen</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Answered {time} by you on this computer</source>
        <translation>Beantwortet {time} von Ihnen an diesem Computer</translation>
    </message>
    <message>
        <source>Answered {time} by the command line on this computer</source>
        <translation>Beantwortet {time} über die Befehlszeile dieses Computers</translation>
    </message>
    <message>
        <source>Answered {time} silently, for a sign-in from here</source>
        <translation>Beantwortet {time} ohne Nachfrage, für eine Anmeldung von hier</translation>
    </message>
    <message>
        <source>Answered {time} silently, as you had turned on</source>
        <translation>Beantwortet {time} ohne Nachfrage, wie von Ihnen eingeschaltet</translation>
    </message>
    <message>
        <source>Answered “{answer}” {time} by you on this computer</source>
        <translation>Mit „{answer}“ beantwortet {time} von Ihnen an diesem Computer</translation>
    </message>
    <message>
        <source>Answered “{answer}” {time} by the command line on this computer</source>
        <translation>Mit „{answer}“ beantwortet {time} über die Befehlszeile dieses Computers</translation>
    </message>
    <message>
        <source>Answered “{answer}” {time} silently, for a sign-in from here</source>
        <translation>Mit „{answer}“ beantwortet {time} ohne Nachfrage, für eine Anmeldung von hier</translation>
    </message>
    <message>
        <source>Answered “{answer}” {time} silently, as you had turned on</source>
        <translation>Mit „{answer}“ beantwortet {time} ohne Nachfrage, wie von Ihnen eingeschaltet</translation>
    </message>
    <message>
        <source>Countersign doesn&apos;t know yet if it arrived. It is asking {account} and won&apos;t send it twice.</source>
        <translation>Countersign weiß noch nicht, ob sie angekommen ist. Es fragt bei {account} nach und sendet sie kein zweites Mal.</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>Confirmed {time}</source>
        <translation>Bestätigt {time}</translation>
    </message>
</context>
<context>
    <name>AnswerBar</name>
    <message>
        <source>Deny</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Genehmigen</translation>
    </message>
    <message>
        <source>PIN to approve</source>
        <translation>PIN zum Genehmigen</translation>
    </message>
    <message>
        <source>It wasn&apos;t me</source>
        <translation>Das war ich nicht</translation>
    </message>
    <message>
        <source>Not you? Deny it. You can&apos;t undo an answer.</source>
        <translation>Nicht Sie? Lehnen Sie ab. Eine Antwort lässt sich nicht zurücknehmen.</translation>
    </message>
    <message>
        <source>Check that this one is yours. You can&apos;t undo an answer.</source>
        <translation>Prüfen Sie, ob diese von Ihnen ist. Eine Antwort lässt sich nicht zurücknehmen.</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>How to fix</source>
        <translation>So geht’s</translation>
    </message>
    <message>
        <source>Waiting for your password…</source>
        <translation>Warten auf Ihr Passwort…</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Still locked. Countersign can&apos;t check for requests or answer them.</source>
        <translation>Noch gesperrt. Countersign kann Anfragen weder abrufen noch beantworten.</translation>
    </message>
    <message>
        <source>The key for {account} is gone and can&apos;t be brought back. Remove the account and add it again.</source>
        <translation>Der Schlüssel zu {account} ist weg und nicht wiederherzustellen. Entfernen Sie das Konto und fügen Sie es neu hinzu.</translation>
    </message>
    <message>
        <source>Remove account…</source>
        <translation>Konto entfernen…</translation>
    </message>
    <message>
        <source>This network wants you to sign in first. Do that in your browser. Countersign can&apos;t see new requests since {time}.</source>
        <translation>In diesem Netz müssen Sie sich erst anmelden. Tun Sie das im Browser. Countersign sieht seit {time} keine neuen Anfragen.</translation>
    </message>
    <message>
        <source>Offline since {time}. Countersign can&apos;t see new requests.</source>
        <translation>Offline seit {time}. Countersign sieht keine neuen Anfragen.</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is {minutes} min slow.</source>
        <translation>Die Uhr dieses Computers geht {minutes} min nach.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is {minutes} min fast.</source>
        <translation>Die Uhr dieses Computers geht {minutes} min vor.</translation>
    </message>
    <message>
        <source>Times here are corrected.</source>
        <translation>Die Zeiten hier sind berichtigt.</translation>
    </message>
    <message>
        <source>We don&apos;t know yet if your approval of “{message}” arrived.</source>
        <translation>Noch unklar: Ist Ihre Genehmigung von „{message}“ angekommen?</translation>
    </message>
    <message>
        <source>We don&apos;t know yet if your denial of “{message}” arrived.</source>
        <translation>Noch unklar: Ist Ihre Ablehnung von „{message}“ angekommen?</translation>
    </message>
    <message>
        <source>Countersign is asking {account} and won&apos;t send it twice.</source>
        <translation>Countersign fragt bei {account} nach und sendet sie kein zweites Mal.</translation>
    </message>
    <message>
        <source>Countersign is asking and won&apos;t send them twice.</source>
        <translation>Countersign fragt nach und sendet sie kein zweites Mal.</translation>
    </message>
    <message>
        <source>“{message}”: approved. Your answer had arrived.</source>
        <translation>„{message}“: genehmigt. Ihre Antwort war angekommen.</translation>
    </message>
    <message>
        <source>“{message}”: denied. Your answer had arrived.</source>
        <translation>„{message}“: abgelehnt. Ihre Antwort war angekommen.</translation>
    </message>
    <message>
        <source>“{message}”: {reason}</source>
        <translation>„{message}“: {reason}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>While you were away, 1 request expired.</source>
        <translation>Während Sie weg waren, ist 1 Anfrage abgelaufen.</translation>
    </message>
    <message>
        <source>While you were away, more than 99 requests expired.</source>
        <translation>Während Sie weg waren, sind mehr als 99 Anfragen abgelaufen.</translation>
    </message>
    <message>
        <source>Trying now…</source>
        <translation>Neuer Versuch läuft…</translation>
    </message>
    <message>
        <source>Next try in {seconds} s</source>
        <translation>Nächster Versuch in {seconds} s</translation>
    </message>
    <message>
        <source>Next try in {minutes} min</source>
        <translation>Nächster Versuch in {minutes} min</translation>
    </message>
</context>
<context>
    <name>Bugs</name>
    <message>
        <source>Something went wrong inside Countersign.</source>
        <translation>In Countersign ist ein Fehler aufgetreten.</translation>
    </message>
    <message>
        <source>Close it and start it again if it doesn&apos;t go on.</source>
        <translation>Wenn es nicht weitergeht: schließen und neu starten.</translation>
    </message>
</context>
<context>
    <name>BurstCard</name>
    <message>
        <source>Show them one by one</source>
        <translation>Einzeln zeigen</translation>
    </message>
    <message>
        <source>It wasn&apos;t me</source>
        <translation>Das war ich nicht</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Stop notices for 20 min</source>
        <translation>20 min lang keine Hinweise</translation>
    </message>
    <message>
        <source>No notices until {time}</source>
        <translation>Keine Hinweise bis {time}</translation>
    </message>
</context>
<context>
    <name>Certificates</name>
    <message>
        <source>Certificate file</source>
        <translation>Zertifikatsdatei</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen…</translation>
    </message>
    <message>
        <source>Choose a certificate file</source>
        <translation>Zertifikatsdatei auswählen</translation>
    </message>
    <message>
        <source>Use none</source>
        <translation>Keine verwenden</translation>
    </message>
    <message>
        <source>Use no certificate file</source>
        <translation>Keine Zertifikatsdatei verwenden</translation>
    </message>
    <message>
        <source>None beside the system&apos;s own</source>
        <translation>Keine außer denen des Systems</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>Zertifikate</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>This file can&apos;t be read.</source>
        <translation>Diese Datei lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>This file has no certificates in PEM form that can be used.</source>
        <translation>In dieser Datei stehen keine verwendbaren Zertifikate im PEM-Format.</translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>Last checked</source>
        <translation>Zuletzt geprüft</translation>
    </message>
    <message>
        <source>Next check</source>
        <translation>Nächste Prüfung</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Noch nicht</translation>
    </message>
    <message>
        <source>When it is finished</source>
        <translation>Sobald es fertig ist</translation>
    </message>
    <message>
        <source>Your company has set nothing on this computer.</source>
        <translation>Ihr Unternehmen hat auf diesem Computer nichts festgelegt.</translation>
    </message>
    <message>
        <source>Your company&apos;s settings are in force: {about}</source>
        <translation>Die Vorgaben Ihres Unternehmens gelten: {about}</translation>
    </message>
    <message>
        <source>The profile can be read and written.</source>
        <translation>Das Profil lässt sich lesen und schreiben.</translation>
    </message>
    <message>
        <source>{about} keeps the keys, and gives them back.</source>
        <translation>{about} bewahrt die Schlüssel auf und gibt sie heraus.</translation>
    </message>
    <message>
        <source>{about} answers.</source>
        <translation>{about} antwortet.</translation>
    </message>
    <message>
        <source>{about} has proven who it is.</source>
        <translation>{about} hat sich ausgewiesen.</translation>
    </message>
    <message>
        <source>This computer and {about} agree on the time.</source>
        <translation>Die Uhren dieses Computers und von {about} gehen gleich.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is {minutes} min slow. Set it.</source>
        <translation>Die Uhr dieses Computers geht {minutes} min nach. Stellen Sie sie.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is {minutes} min fast. Set it.</source>
        <translation>Die Uhr dieses Computers geht {minutes} min vor. Stellen Sie sie.</translation>
    </message>
    <message>
        <source>Can&apos;t save on this computer: the disk is full or read-only.</source>
        <translation>Auf diesem Computer lässt sich nichts speichern: Der Datenträger ist voll oder schreibgeschützt.</translation>
    </message>
    <message>
        <source>Can&apos;t reach {about}. Check the address and your connection.</source>
        <translation>{about} ist nicht erreichbar. Prüfen Sie die Adresse und Ihre Verbindung.</translation>
    </message>
    <message>
        <source>{about} was reached, but didn&apos;t answer.</source>
        <translation>{about} war erreichbar, hat aber nicht geantwortet.</translation>
    </message>
    <message>
        <source>The connection to {about} isn&apos;t safe.</source>
        <translation>Die Verbindung zu {about} ist nicht sicher.</translation>
    </message>
    <message>
        <source>No password store is running on this computer.</source>
        <translation>Auf diesem Computer läuft kein Passwortspeicher.</translation>
    </message>
    <message>
        <source>Your password store is locked.</source>
        <translation>Ihr Passwortspeicher ist gesperrt.</translation>
    </message>
    <message>
        <source>Your password store is still locked.</source>
        <translation>Ihr Passwortspeicher ist noch gesperrt.</translation>
    </message>
    <message>
        <source>The password store here keeps secrets unprotected, so Countersign won&apos;t use it.</source>
        <translation>Der Passwortspeicher hier bewahrt Geheimnisse ungeschützt auf, deshalb verwendet Countersign ihn nicht.</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Wird geprüft…</translation>
    </message>
</context>
<context>
    <name>CompactWindow</name>
    <message>
        <source>Request from {account}</source>
        <translation>Anfrage von {account}</translation>
    </message>
</context>
<context>
    <name>Companies</name>
    <message>
        <source>Another company</source>
        <translation>Ein anderes Unternehmen</translation>
    </message>
    <message>
        <source>Continue with {name}</source>
        <translation>Weiter mit {name}</translation>
    </message>
</context>
<context>
    <name>ConfirmPage</name>
    <message>
        <source>Add an account from</source>
        <translation>Ein Konto hinzufügen von</translation>
    </message>
    <message>
        <source>Go on only if you know this address.</source>
        <translation>Fahren Sie nur fort, wenn Sie diese Adresse kennen.</translation>
    </message>
    <message>
        <source>Test address on your own computer.</source>
        <translation>Testadresse auf Ihrem eigenen Computer.</translation>
    </message>
    <message>
        <source>Keep the key in this computer&apos;s security chip (TPM)</source>
        <translation>Den Schlüssel im Sicherheitschip dieses Computers aufbewahren (TPM)</translation>
    </message>
    <message>
        <source>Nobody can copy it from there. It is gone if the chip is cleared.</source>
        <translation>Niemand kann ihn von dort kopieren. Er ist weg, wenn der Chip gelöscht wird.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Add account</source>
        <translation>Konto hinzufügen</translation>
    </message>
    <message>
        <source>This looks like a phone number. Use the ID from your company.</source>
        <translation>Das sieht nach einer Telefonnummer aus. Verwenden Sie die Kennung von Ihrem Unternehmen.</translation>
    </message>
    <message>
        <source>This looks like an e-mail address. Use the ID from your company.</source>
        <translation>Das sieht nach einer E-Mail-Adresse aus. Verwenden Sie die Kennung von Ihrem Unternehmen.</translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message numerus="yes">
        <source>%n requests are waiting.</source>
        <translation>
            <numerusform>%n Anfrage ist offen.</numerusform>
            <numerusform>%n Anfragen sind offen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{app}, %n requests are waiting</source>
        <translation>
            <numerusform>{app}, %n Anfrage ist offen</numerusform>
            <numerusform>{app}, %n Anfragen sind offen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new requests</source>
        <translation>
            <numerusform>%n neue Anfrage</numerusform>
            <numerusform>%n neue Anfragen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>While you were away, %n requests expired.</source>
        <translation>
            <numerusform>Während Sie weg waren, ist %n Anfrage abgelaufen.</numerusform>
            <numerusform>Während Sie weg waren, sind %n Anfragen abgelaufen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>We don&apos;t know yet if %n answers arrived.</source>
        <translation>
            <numerusform>Noch unklar: Ist %n Antwort angekommen?</numerusform>
            <numerusform>Noch unklar: Sind %n Antworten angekommen?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n weitere</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>Und %n weitere.</numerusform>
            <numerusform>Und %n weitere.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DiagnosticsDialog</name>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>This is what is copied. It has no keys, PINs, messages or names; your company&apos;s addresses are in it.</source>
        <translation>Das wird kopiert. Es enthält keine Schlüssel, PINs, Nachrichten oder Namen; die Adressen Ihrer Firma stehen darin.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Details…</source>
        <translation>Details…</translation>
    </message>
    <message>
        <source>Turn notices on</source>
        <translation>Mitteilungen einschalten</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Approve everything for a while…</source>
        <translation>Eine Weile alles genehmigen…</translation>
    </message>
</context>
<context>
    <name>EndPage</name>
    <message>
        <source>Start when I sign in to this computer</source>
        <translation>Starten, wenn ich mich an diesem Computer anmelde</translation>
    </message>
    <message>
        <source>Otherwise you&apos;ll miss requests.</source>
        <translation>Sonst verpassen Sie Anfragen.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>✓ {account} is ready. New requests show up here.</source>
        <translation>✓ {account} ist bereit. Neue Anfragen erscheinen hier.</translation>
    </message>
</context>
<context>
    <name>EnrollDialog</name>
    <message>
        <source>Add account</source>
        <translation>Konto hinzufügen</translation>
    </message>
    <message>
        <source>Wait a moment, this step can&apos;t be stopped.</source>
        <translation>Einen Moment, dieser Schritt lässt sich nicht abbrechen.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>At {host}, on your own computer.</source>
        <translation>Bei {host}, auf Ihrem eigenen Computer.</translation>
    </message>
    <message>
        <source>Waiting for your password…</source>
        <translation>Warten auf Ihr Passwort…</translation>
    </message>
</context>
<context>
    <name>EnrollWords</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Show account</source>
        <translation>Konto zeigen</translation>
    </message>
    <message>
        <source>Add again</source>
        <translation>Neu hinzufügen</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>{host} answered, but not as expected. The address may be wrong.</source>
        <translation>{host} hat geantwortet, aber anders als erwartet. Vielleicht stimmt die Adresse nicht.</translation>
    </message>
    <message>
        <source>{host} is busy. Try again in a minute.</source>
        <translation>{host} ist ausgelastet. Versuchen Sie es in einer Minute erneut.</translation>
    </message>
    <message>
        <source>{host} is busy. Try again in {seconds} s.</source>
        <translation>{host} ist ausgelastet. Versuchen Sie es in {seconds} s erneut.</translation>
    </message>
    <message>
        <source>The connection to {host} broke before its answer came.</source>
        <translation>Die Verbindung zu {host} brach ab, bevor die Antwort kam.</translation>
    </message>
    <message>
        <source>This link isn&apos;t complete. Ask for a new one.</source>
        <translation>Dieser Link ist unvollständig. Bitten Sie um einen neuen.</translation>
    </message>
    <message>
        <source>That isn&apos;t a web address.</source>
        <translation>Das ist keine Webadresse.</translation>
    </message>
    <message>
        <source>The address must start with https://. Nothing was sent.</source>
        <translation>Die Adresse muss mit https:// beginnen. Es wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>That ID can&apos;t be used. Use the ID from your company, as it is.</source>
        <translation>Diese Kennung ist nicht verwendbar. Geben Sie die Kennung von Ihrem Unternehmen genau so ein, wie sie ist.</translation>
    </message>
    <message>
        <source>A name has 1 to 64 visible characters.</source>
        <translation>Ein Name hat 1 bis 64 sichtbare Zeichen.</translation>
    </message>
    <message>
        <source>Can&apos;t reach {host}. Check the address and your connection.</source>
        <translation>{host} ist nicht erreichbar. Prüfen Sie die Adresse und Ihre Verbindung.</translation>
    </message>
    <message>
        <source>The connection to {host} isn&apos;t safe, so nothing was sent. Tell {support}.</source>
        <translation>Die Verbindung zu {host} ist nicht sicher, deshalb wurde nichts gesendet. Informieren Sie {support}.</translation>
    </message>
    <message>
        <source>This network wants you to sign in first. Do that in your browser.</source>
        <translation>In diesem Netz müssen Sie sich erst anmelden. Tun Sie das im Browser.</translation>
    </message>
    <message>
        <source>{host} said no to this ID or code. Check both, or ask for a new code.</source>
        <translation>{host} hat diese Kennung oder diesen Code abgelehnt. Prüfen Sie beides oder bitten Sie um einen neuen Code.</translation>
    </message>
    <message>
        <source>This account isn&apos;t for approving requests. Tell {support}.</source>
        <translation>Dieses Konto ist nicht zum Genehmigen von Anfragen gedacht. Informieren Sie {support}.</translation>
    </message>
    <message>
        <source>The permission ran out before we could use it. Nothing was added.</source>
        <translation>Die Erlaubnis lief ab, bevor wir sie nutzen konnten. Es wurde nichts hinzugefügt.</translation>
    </message>
    <message>
        <source>This ID already has 20 devices. Remove one, or ask {support}.</source>
        <translation>Diese Kennung hat schon 20 Geräte. Entfernen Sie eines oder fragen Sie {support}.</translation>
    </message>
    <message>
        <source>Too many tries today for this ID. Try again tomorrow.</source>
        <translation>Heute zu viele Versuche mit dieser Kennung. Versuchen Sie es morgen erneut.</translation>
    </message>
    <message>
        <source>This computer is already registered.</source>
        <translation>Dieser Computer ist schon registriert.</translation>
    </message>
    <message>
        <source>Unlock your password store to go on.</source>
        <translation>Entsperren Sie Ihren Passwortspeicher, um fortzufahren.</translation>
    </message>
    <message>
        <source>Still locked.</source>
        <translation>Noch gesperrt.</translation>
    </message>
    <message>
        <source>Can&apos;t save on this computer: the disk is full or read-only.</source>
        <translation>Auf diesem Computer lässt sich nichts speichern: Der Datenträger ist voll oder schreibgeschützt.</translation>
    </message>
    <message>
        <source>We don&apos;t know if {host} registered this computer. If it did, a spare entry may stay there. Nothing is kept here.</source>
        <translation>Unklar, ob {host} diesen Computer registriert hat. Wenn ja, bleibt dort vielleicht ein überzähliger Eintrag. Hier wird nichts aufbewahrt.</translation>
    </message>
    <message>
        <source>Too late to finish. Add it again.</source>
        <translation>Zu spät zum Abschließen. Fügen Sie es neu hinzu.</translation>
    </message>
    <message>
        <source>Almost done: the last check failed. You can finish later.</source>
        <translation>Fast fertig: Nur die letzte Prüfung schlug fehl. Sie können später abschließen.</translation>
    </message>
    <message>
        <source>Making a key on this computer</source>
        <translation>Schlüssel auf diesem Computer erzeugen</translation>
    </message>
    <message>
        <source>Asking {host} for permission</source>
        <translation>{host} um Erlaubnis bitten</translation>
    </message>
    <message>
        <source>Registering this computer</source>
        <translation>Diesen Computer registrieren</translation>
    </message>
    <message>
        <source>Checking that it works</source>
        <translation>Prüfen, ob es funktioniert</translation>
    </message>
</context>
<context>
    <name>ErrorDetails</name>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>That isn&apos;t a web address.</source>
        <translation>Das ist keine Webadresse.</translation>
    </message>
    <message>
        <source>Check it, or paste it again.</source>
        <translation>Prüfen Sie sie oder fügen Sie sie erneut ein.</translation>
    </message>
    <message>
        <source>An address starts with https://.</source>
        <translation>Eine Adresse beginnt mit https://.</translation>
    </message>
    <message>
        <source>The address must start with https://. Nothing was sent.</source>
        <translation>Die Adresse muss mit https:// beginnen. Es wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>The API&apos;s address can&apos;t have a query.</source>
        <translation>Die Adresse der API darf keine Abfrage enthalten.</translation>
    </message>
    <message>
        <source>Check it.</source>
        <translation>Prüfen Sie die Angabe.</translation>
    </message>
    <message>
        <source>{host} answered, but not as expected.</source>
        <translation>{host} hat geantwortet, aber anders als erwartet.</translation>
    </message>
    <message>
        <source>The address may be wrong.</source>
        <translation>Vielleicht stimmt die Adresse nicht.</translation>
    </message>
    <message>
        <source>This account isn&apos;t for approving requests.</source>
        <translation>Dieses Konto ist nicht zum Genehmigen von Anfragen gedacht.</translation>
    </message>
    <message>
        <source>This network, or {host}, wants you to sign in first.</source>
        <translation>Dieses Netz oder {host} verlangt zuerst eine Anmeldung.</translation>
    </message>
    <message>
        <source>Do that in your browser, then try again.</source>
        <translation>Melden Sie sich im Browser an und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>{host} said no to this ID or code.</source>
        <translation>{host} hat diese Kennung oder diesen Code abgelehnt.</translation>
    </message>
    <message>
        <source>Check both, or ask for a new code.</source>
        <translation>Prüfen Sie beides oder bitten Sie um einen neuen Code.</translation>
    </message>
    <message>
        <source>{host} is busy.</source>
        <translation>{host} ist ausgelastet.</translation>
    </message>
    <message>
        <source>Try again in a minute.</source>
        <translation>Versuchen Sie es in einer Minute erneut.</translation>
    </message>
    <message>
        <source>Try again in {seconds} s.</source>
        <translation>Versuchen Sie es in {seconds} s erneut.</translation>
    </message>
    <message>
        <source>{host} can&apos;t use this ID.</source>
        <translation>{host} kann diese Kennung nicht verwenden.</translation>
    </message>
    <message>
        <source>{host} didn&apos;t confirm this computer&apos;s key.</source>
        <translation>{host} hat den Schlüssel dieses Computers nicht bestätigt.</translation>
    </message>
    <message>
        <source>{host} answered about another account.</source>
        <translation>{host} hat zu einem anderen Konto geantwortet.</translation>
    </message>
    <message>
        <source>{host} sent a request that belongs to another account.</source>
        <translation>{host} hat eine Anfrage gesendet, die zu einem anderen Konto gehört.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is more than a day off, so its answers aren&apos;t accepted.</source>
        <translation>Die Uhr dieses Computers geht um mehr als einen Tag falsch, deshalb werden seine Antworten nicht angenommen.</translation>
    </message>
    <message>
        <source>Set this computer&apos;s date and time, then try again.</source>
        <translation>Stellen Sie Datum und Uhrzeit dieses Computers und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>{host} left out what this computer needs to sign in.</source>
        <translation>{host} hat weggelassen, was dieser Computer zur Anmeldung braucht.</translation>
    </message>
    <message>
        <source>{host} says that a new account was already checked.</source>
        <translation>{host} behauptet, ein neues Konto sei schon geprüft.</translation>
    </message>
    <message>
        <source>The permission ran out before we could use it. Nothing was added.</source>
        <translation>Die Erlaubnis lief ab, bevor wir sie nutzen konnten. Es wurde nichts hinzugefügt.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The key made a signature that isn&apos;t one.</source>
        <translation>Der Schlüssel hat keine gültige Signatur erzeugt.</translation>
    </message>
    <message>
        <source>Can&apos;t reach {host}.</source>
        <translation>{host} ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>Check the address and your connection.</source>
        <translation>Prüfen Sie die Adresse und Ihre Verbindung.</translation>
    </message>
    <message>
        <source>The connection to {host} isn&apos;t safe, so nothing was sent.</source>
        <translation>Die Verbindung zu {host} ist nicht sicher, deshalb wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>The connection to {host} broke before its answer came.</source>
        <translation>Die Verbindung zu {host} brach ab, bevor die Antwort kam.</translation>
    </message>
    <message>
        <source>Check your connection and try again.</source>
        <translation>Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The proxy refused the connection to {host}.</source>
        <translation>Der Proxy hat die Verbindung zu {host} abgelehnt.</translation>
    </message>
    <message>
        <source>Check the proxy&apos;s settings.</source>
        <translation>Prüfen Sie die Einstellungen des Proxys.</translation>
    </message>
    <message>
        <source>The request to {host} couldn&apos;t be made.</source>
        <translation>Die Anfrage an {host} ließ sich nicht stellen.</translation>
    </message>
    <message>
        <source>The request can&apos;t be written down, so nothing was sent.</source>
        <translation>Die Anfrage lässt sich nicht aufschreiben, deshalb wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>The answer was too large, so it wasn&apos;t used.</source>
        <translation>Die Antwort war zu groß und wurde nicht verwendet.</translation>
    </message>
    <message>
        <source>{host} sent a list that isn&apos;t one.</source>
        <translation>{host} hat eine Liste gesendet, die keine ist.</translation>
    </message>
    <message>
        <source>The service didn&apos;t say what to sign, so it can&apos;t be answered.</source>
        <translation>Der Dienst hat nicht gesagt, was zu signieren ist, deshalb ist keine Antwort möglich.</translation>
    </message>
    <message>
        <source>The service&apos;s answer {why}, so it wasn&apos;t used.</source>
        <translation>Die Antwort des Dienstes wurde nicht verwendet (Grund auf Englisch: {why}).</translation>
    </message>
    <message>
        <source>{host} didn&apos;t accept the proof of this computer&apos;s key.</source>
        <translation>{host} hat den Nachweis für den Schlüssel dieses Computers nicht akzeptiert.</translation>
    </message>
    <message>
        <source>This ID already has 20 devices.</source>
        <translation>Diese Kennung hat schon 20 Geräte.</translation>
    </message>
    <message>
        <source>This computer is already registered.</source>
        <translation>Dieser Computer ist schon registriert.</translation>
    </message>
    <message>
        <source>This account isn&apos;t finished.</source>
        <translation>Dieses Konto ist nicht fertig.</translation>
    </message>
    <message>
        <source>Finish it, or remove it and add it again.</source>
        <translation>Schließen Sie es ab, oder entfernen Sie es und fügen Sie es neu hinzu.</translation>
    </message>
    <message>
        <source>This request was already answered.</source>
        <translation>Diese Anfrage wurde schon beantwortet.</translation>
    </message>
    <message>
        <source>This request expired. Nothing was approved.</source>
        <translation>Diese Anfrage ist abgelaufen. Es wurde nichts genehmigt.</translation>
    </message>
    <message>
        <source>Still signing in? Start again there.</source>
        <translation>Noch beim Anmelden? Beginnen Sie dort von vorn.</translation>
    </message>
    <message>
        <source>{host} didn&apos;t accept the signature of the answer.</source>
        <translation>{host} hat die Signatur der Antwort nicht akzeptiert.</translation>
    </message>
    <message>
        <source>Too many tries today for this ID.</source>
        <translation>Heute zu viele Versuche mit dieser Kennung.</translation>
    </message>
    <message>
        <source>Try again tomorrow.</source>
        <translation>Versuchen Sie es morgen erneut.</translation>
    </message>
    <message>
        <source>{host} doesn&apos;t accept this computer&apos;s key.</source>
        <translation>{host} akzeptiert den Schlüssel dieses Computers nicht.</translation>
    </message>
    <message>
        <source>If it stays so, remove the account and add it again.</source>
        <translation>Wenn es so bleibt, entfernen Sie das Konto und fügen Sie es neu hinzu.</translation>
    </message>
    <message>
        <source>{host} refused this.</source>
        <translation>{host} hat das abgewiesen.</translation>
    </message>
    <message>
        <source>{host} doesn&apos;t know this request or account.</source>
        <translation>{host} kennt diese Anfrage oder dieses Konto nicht.</translation>
    </message>
    <message>
        <source>{host} says that this exists already.</source>
        <translation>{host} meldet, dass es das schon gibt.</translation>
    </message>
    <message>
        <source>{host} refused this request.</source>
        <translation>{host} hat diese Anfrage abgewiesen.</translation>
    </message>
    <message>
        <source>No account on this computer has this sid.</source>
        <translation>Kein Konto auf diesem Computer hat diese SID.</translation>
    </message>
    <message>
        <source>See: countersign accounts</source>
        <translation>Siehe: countersign accounts</translation>
    </message>
    <message>
        <source>The service didn&apos;t say what to sign, so this request can&apos;t be answered.</source>
        <translation>Der Dienst hat nicht gesagt, was zu signieren ist, deshalb lässt sich diese Anfrage nicht beantworten.</translation>
    </message>
    <message>
        <source>A name has 1 to {limit} visible characters.</source>
        <translation>Ein Name hat 1 bis {limit} sichtbare Zeichen.</translation>
    </message>
    <message>
        <source>We don&apos;t know if {host} registered this computer. If it did, a spare entry may stay there. Nothing is kept here.</source>
        <translation>Unklar, ob {host} diesen Computer registriert hat. Wenn ja, bleibt dort vielleicht ein überzähliger Eintrag. Hier wird nichts aufbewahrt.</translation>
    </message>
    <message>
        <source>Too late to finish. Add it again.</source>
        <translation>Zu spät zum Abschließen. Fügen Sie es neu hinzu.</translation>
    </message>
    <message>
        <source>Remove the account first.</source>
        <translation>Entfernen Sie zuerst das Konto.</translation>
    </message>
    <message>
        <source>Can&apos;t save on this computer: the disk is full or read-only. A spare entry for this computer may stay at your company.</source>
        <translation>Auf diesem Computer lässt sich nichts speichern: Der Datenträger ist voll oder schreibgeschützt. Bei Ihrem Unternehmen bleibt vielleicht ein überzähliger Eintrag für diesen Computer.</translation>
    </message>
    <message>
        <source>Make room on the disk and try again.</source>
        <translation>Schaffen Sie Platz auf dem Datenträger und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Too late: this request expired. Nothing was approved.</source>
        <translation>Zu spät: Diese Anfrage ist abgelaufen. Es wurde nichts genehmigt.</translation>
    </message>
    <message>
        <source>Too late: this request expired. Nothing was denied.</source>
        <translation>Zu spät: Diese Anfrage ist abgelaufen. Es wurde nichts abgelehnt.</translation>
    </message>
    <message>
        <source>Your answer did not arrive. Nothing was approved.</source>
        <translation>Ihre Antwort ist nicht angekommen. Es wurde nichts genehmigt.</translation>
    </message>
    <message>
        <source>Your answer did not arrive. Nothing was denied.</source>
        <translation>Ihre Antwort ist nicht angekommen. Es wurde nichts abgelehnt.</translation>
    </message>
    <message>
        <source>Answer again, if the request still waits.</source>
        <translation>Antworten Sie erneut, falls die Anfrage noch offen ist.</translation>
    </message>
    <message>
        <source>This request changed while you were reading. Your answer was not taken.</source>
        <translation>Diese Anfrage hat sich beim Lesen geändert. Ihre Antwort wurde nicht angenommen.</translation>
    </message>
    <message>
        <source>This request changed while you were reading. Look at it again.</source>
        <translation>Diese Anfrage hat sich beim Lesen geändert. Sehen Sie sie noch einmal an.</translation>
    </message>
    <message>
        <source>Read it again.</source>
        <translation>Lesen Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>This request was already approved from this computer.</source>
        <translation>Diese Anfrage wurde schon von diesem Computer genehmigt.</translation>
    </message>
    <message>
        <source>This request was already denied from this computer.</source>
        <translation>Diese Anfrage wurde schon von diesem Computer abgelehnt.</translation>
    </message>
    <message>
        <source>See when: countersign history</source>
        <translation>Wann, steht hier: countersign history</translation>
    </message>
    <message>
        <source>This request was answered with your key, but not by this app.</source>
        <translation>Diese Anfrage wurde mit Ihrem Schlüssel beantwortet, aber nicht von dieser App.</translation>
    </message>
    <message>
        <source>Your company wants a PIN for approvals, and there is none yet.</source>
        <translation>Ihre Firma verlangt für Genehmigungen eine PIN, und noch gibt es keine.</translation>
    </message>
    <message>
        <source>Choose one in the settings, under Security. You can deny without it.</source>
        <translation>Wählen Sie eine in den Einstellungen unter Sicherheit. Ablehnen können Sie ohne sie.</translation>
    </message>
    <message>
        <source>This computer has no TPM that Countersign can use.</source>
        <translation>Dieser Computer hat kein TPM, das Countersign benutzen kann.</translation>
    </message>
    <message>
        <source>Add it without.</source>
        <translation>Fügen Sie es ohne hinzu.</translation>
    </message>
    <message>
        <source>This account&apos;s key is in the TPM, and this Countersign can&apos;t speak to it.</source>
        <translation>Der Schlüssel dieses Kontos liegt im TPM, und dieses Countersign kann nicht mit ihm sprechen.</translation>
    </message>
    <message>
        <source>Install Countersign with its extra `tpm`.</source>
        <translation>Installieren Sie Countersign mit seinem Zusatz `tpm`.</translation>
    </message>
    <message>
        <source>This computer&apos;s TPM, which keeps the key, didn&apos;t do what Countersign asked of it.</source>
        <translation>Das TPM dieses Computers, das den Schlüssel hält, hat nicht getan, worum Countersign es bat.</translation>
    </message>
    <message>
        <source>Try again. If that doesn&apos;t help, restart this computer.</source>
        <translation>Versuchen Sie es noch einmal. Wenn das nicht hilft, starten Sie diesen Computer neu.</translation>
    </message>
    <message>
        <source>A PIN has 6 to 64 digits or letters.</source>
        <translation>Eine PIN hat 6 bis 64 Ziffern oder Buchstaben.</translation>
    </message>
    <message>
        <source>This PIN is among the first that anybody would try.</source>
        <translation>Diese PIN gehört zu den ersten, die jeder probieren würde.</translation>
    </message>
    <message>
        <source>Wrong PIN. 1 try left before a pause.</source>
        <translation>Falsche PIN. Noch 1 Versuch bis zu einer Pause.</translation>
    </message>
    <message>
        <source>Wrong PIN. {left} tries left before a pause.</source>
        <translation>Falsche PIN. Noch {left} Versuche bis zu einer Pause.</translation>
    </message>
    <message>
        <source>Too many wrong PINs.</source>
        <translation>Zu viele falsche PINs.</translation>
    </message>
    <message>
        <source>There is a PIN already.</source>
        <translation>Es gibt schon eine PIN.</translation>
    </message>
    <message>
        <source>Change it instead.</source>
        <translation>Ändern Sie sie stattdessen.</translation>
    </message>
    <message>
        <source>There is no PIN.</source>
        <translation>Es gibt keine PIN.</translation>
    </message>
    <message>
        <source>Choose one in the settings.</source>
        <translation>Wählen Sie eine in den Einstellungen.</translation>
    </message>
    <message>
        <source>Countersign is locked by its PIN, so its keys can&apos;t be used.</source>
        <translation>Countersign ist durch seine PIN gesperrt, also können seine Schlüssel nicht benutzt werden.</translation>
    </message>
    <message>
        <source>Unlock Countersign in its window. The command line can&apos;t use keys that a PIN protects.</source>
        <translation>Entsperren Sie Countersign in seinem Fenster. Die Kommandozeile kann Schlüssel, die eine PIN schützt, nicht benutzen.</translation>
    </message>
    <message>
        <source>Tell {support}.</source>
        <translation>Informieren Sie {support}.</translation>
    </message>
    <message>
        <source>It wasn&apos;t used. Tell {support}.</source>
        <translation>Sie wurde nicht verwendet. Informieren Sie {support}.</translation>
    </message>
    <message>
        <source>Remove one, or ask {support}.</source>
        <translation>Entfernen Sie eines, oder fragen Sie {support}.</translation>
    </message>
    <message>
        <source>Tell {support} now: someone may have a copy of your key.</source>
        <translation>Informieren Sie {support} jetzt: Jemand könnte eine Kopie Ihres Schlüssels haben.</translation>
    </message>
    <message>
        <source>The table can&apos;t be saved there.</source>
        <translation>Die Tabelle lässt sich dort nicht speichern.</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>Wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>That ID can&apos;t be used.</source>
        <translation>Diese Kennung ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>Use the ID from your company, as it is.</source>
        <translation>Geben Sie die Kennung von Ihrem Unternehmen genau so ein, wie sie ist.</translation>
    </message>
    <message>
        <source>No account on this computer has this request.</source>
        <translation>Kein Konto auf diesem Computer hat diese Anfrage.</translation>
    </message>
    <message>
        <source>See what waits: countersign inbox</source>
        <translation>Was offen ist, zeigt: countersign inbox</translation>
    </message>
    <message>
        <source>There is no account on this computer yet.</source>
        <translation>Auf diesem Computer gibt es noch kein Konto.</translation>
    </message>
    <message>
        <source>Add one: countersign enroll</source>
        <translation>So fügen Sie eines hinzu: countersign enroll</translation>
    </message>
    <message>
        <source>This link isn&apos;t complete.</source>
        <translation>Dieser Link ist unvollständig.</translation>
    </message>
    <message>
        <source>Ask for a new one.</source>
        <translation>Bitten Sie um einen neuen.</translation>
    </message>
    <message>
        <source>Your company&apos;s settings for Countersign can&apos;t be used. {why}</source>
        <translation>Die Vorgaben Ihres Unternehmens für Countersign sind nicht verwendbar. {why}</translation>
    </message>
    <message>
        <source>You can look at requests and deny them. Ask {support}.</source>
        <translation>Sie können Anfragen ansehen und ablehnen. Fragen Sie {support}.</translation>
    </message>
    <message>
        <source>Your company doesn&apos;t allow accounts from this address.</source>
        <translation>Ihr Unternehmen erlaubt keine Konten von dieser Adresse.</translation>
    </message>
    <message>
        <source>Ask {support}.</source>
        <translation>Fragen Sie {support}.</translation>
    </message>
    <message>
        <source>We don&apos;t know yet if your approval arrived: the connection broke.</source>
        <translation>Noch unklar, ob Ihre Genehmigung angekommen ist: Die Verbindung brach ab.</translation>
    </message>
    <message>
        <source>We don&apos;t know yet if your denial arrived: the connection broke.</source>
        <translation>Noch unklar, ob Ihre Ablehnung angekommen ist: Die Verbindung brach ab.</translation>
    </message>
    <message>
        <source>Countersign asks when it can, and won&apos;t send it twice. See: countersign history</source>
        <translation>Countersign fragt nach, sobald es geht, und sendet sie kein zweites Mal. Siehe: countersign history</translation>
    </message>
    <message>
        <source>Silent approval is for 15 minutes and 10 requests at most.</source>
        <translation>Genehmigen ohne Nachfrage geht für höchstens 15 Minuten und 10 Anfragen.</translation>
    </message>
    <message>
        <source>History here has no denial of this request.</source>
        <translation>Im Verlauf hier steht keine Ablehnung dieser Anfrage.</translation>
    </message>
    <message>
        <source>The account was removed from this computer.</source>
        <translation>Das Konto wurde von diesem Computer entfernt.</translation>
    </message>
    <message>
        <source>Your accounts were restored from a copy: the profile&apos;s database was damaged.</source>
        <translation>Ihre Konten wurden aus einer Kopie wiederhergestellt: Die Datenbank des Profils war beschädigt.</translation>
    </message>
    <message>
        <source>Some of the history may be missing. The damaged file is kept as {aside}.</source>
        <translation>Ein Teil des Verlaufs fehlt vielleicht. Die beschädigte Datei liegt noch da als {aside}.</translation>
    </message>
    <message>
        <source>The profile&apos;s database is damaged, so it can&apos;t be read.</source>
        <translation>Die Datenbank des Profils ist beschädigt und nicht lesbar.</translation>
    </message>
    <message>
        <source>Put its file aside and add your accounts again.</source>
        <translation>Legen Sie die Datei beiseite und fügen Sie Ihre Konten neu hinzu.</translation>
    </message>
    <message>
        <source>Another Countersign is busy with this profile.</source>
        <translation>Ein anderes Countersign arbeitet gerade mit diesem Profil.</translation>
    </message>
    <message>
        <source>The key for this account was changed in the password store.</source>
        <translation>Der Schlüssel zu diesem Konto wurde im Passwortspeicher geändert.</translation>
    </message>
    <message>
        <source>Remove the account and add it again.</source>
        <translation>Entfernen Sie das Konto und fügen Sie es neu hinzu.</translation>
    </message>
    <message>
        <source>The password store has a key of that name already. Nothing was changed.</source>
        <translation>Im Passwortspeicher gibt es schon einen Schlüssel dieses Namens. Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>Start again: the next key gets another name.</source>
        <translation>Beginnen Sie von vorn: Der nächste Schlüssel bekommt einen anderen Namen.</translation>
    </message>
    <message>
        <source>The password store still waits for an answer to its last question.</source>
        <translation>Der Passwortspeicher wartet noch auf eine Antwort auf seine letzte Frage.</translation>
    </message>
    <message>
        <source>Answer it or close it, then try again.</source>
        <translation>Beantworten oder schließen Sie sie und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>Can&apos;t save on this computer: the disk is full or read-only.</source>
        <translation>Auf diesem Computer lässt sich nichts speichern: Der Datenträger ist voll oder schreibgeschützt.</translation>
    </message>
    <message>
        <source>Make room, or check who may write to the profile&apos;s folder, then try again.</source>
        <translation>Schaffen Sie Platz oder prüfen Sie, wer in den Ordner des Profils schreiben darf, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>This profile belongs to a newer version of Countersign.</source>
        <translation>Dieses Profil gehört zu einer neueren Version von Countersign.</translation>
    </message>
    <message>
        <source>Install the newer version again, or use another profile.</source>
        <translation>Installieren Sie wieder die neuere Version oder verwenden Sie ein anderes Profil.</translation>
    </message>
    <message>
        <source>Couldn&apos;t save. Changes last until you quit.</source>
        <translation>Speichern nicht möglich. Änderungen gelten, bis Sie Countersign beenden.</translation>
    </message>
    <message>
        <source>The disk may be full or read-only.</source>
        <translation>Der Datenträger ist vielleicht voll oder schreibgeschützt.</translation>
    </message>
    <message>
        <source>No password store is running on this computer. Countersign needs one for its keys.</source>
        <translation>Auf diesem Computer läuft kein Passwortspeicher. Countersign braucht einen für seine Schlüssel.</translation>
    </message>
    <message>
        <source>Start GNOME Keyring, KWallet or another Secret Service, then try again.</source>
        <translation>Starten Sie GNOME Keyring, KWallet oder einen anderen Secret Service und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>{Store} is locked. Countersign can&apos;t check for requests or answer them.</source>
        <translation>{Store} ist gesperrt. Countersign kann Anfragen weder abrufen noch beantworten.</translation>
    </message>
    <message>
        <source>Unlock it, then try again.</source>
        <translation>Entsperren Sie ihn und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>{Store} is locked. Its question was closed, so Countersign can&apos;t see or answer requests.</source>
        <translation>{Store} ist gesperrt. Die Frage wurde geschlossen, deshalb kann Countersign Anfragen weder sehen noch beantworten.</translation>
    </message>
    <message>
        <source>Try again, and answer the question.</source>
        <translation>Versuchen Sie es erneut und beantworten Sie die Frage.</translation>
    </message>
    <message>
        <source>The password store here keeps secrets unprotected, so Countersign won&apos;t use it.</source>
        <translation>Der Passwortspeicher hier bewahrt Geheimnisse ungeschützt auf, deshalb verwendet Countersign ihn nicht.</translation>
    </message>
    <message>
        <source>Use GNOME Keyring, KWallet, Keychain or Credential Manager, then try again.</source>
        <translation>Verwenden Sie GNOME Keyring, KWallet, Schlüsselbund oder die Anmeldeinformationsverwaltung und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>The key for this account is gone and can&apos;t be brought back.</source>
        <translation>Der Schlüssel zu diesem Konto ist weg und nicht wiederherzustellen.</translation>
    </message>
    <message>
        <source>{Store} didn&apos;t do what Countersign asked of it.</source>
        <translation>{Store} hat nicht getan, worum Countersign gebeten hat.</translation>
    </message>
    <message>
        <source>Try again. If that doesn&apos;t help, sign out of this computer and in again.</source>
        <translation>Versuchen Sie es erneut. Wenn das nicht hilft, melden Sie sich von diesem Computer ab und wieder an.</translation>
    </message>
    <message>
        <source>A spare entry may stay there. Nothing is kept here.</source>
        <translation>Dort bleibt vielleicht ein überzähliger Eintrag. Hier wird nichts aufbewahrt.</translation>
    </message>
    <message>
        <source>Choose a file with certificates in PEM form.</source>
        <translation>Wählen Sie eine Datei mit Zertifikaten im PEM-Format.</translation>
    </message>
    <message>
        <source>Choose another one, or none, in Settings.</source>
        <translation>Wählen Sie in den Einstellungen eine andere oder keine.</translation>
    </message>
    <message>
        <source>Choose it again.</source>
        <translation>Wählen Sie sie neu.</translation>
    </message>
    <message>
        <source>It looks like http://proxy.example.com:8080.</source>
        <translation>Sie sieht aus wie http://proxy.example.com:8080.</translation>
    </message>
    <message>
        <source>The certificate file can&apos;t be read.</source>
        <translation>Die Zertifikatsdatei lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>This file has no certificates that can be used.</source>
        <translation>In dieser Datei stehen keine verwendbaren Zertifikate.</translation>
    </message>
    <message>
        <source>The proxy that this system names can&apos;t be used, so nothing was sent.</source>
        <translation>Der Proxy, den dieses System nennt, ist nicht verwendbar, deshalb wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>On macOS, links belong to an installed app, and this isn&apos;t one.</source>
        <translation>Unter macOS gehören Links zu einer installierten App, und das ist diese nicht.</translation>
    </message>
    <message>
        <source>Copy the link, and use Paste link in Countersign.</source>
        <translation>Kopieren Sie den Link und fügen Sie ihn in Countersign ein.</translation>
    </message>
    <message>
        <source>Your mimeapps.list is too large to be one.</source>
        <translation>Ihre mimeapps.list ist zu groß, um eine zu sein.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The password store</source>
        <translation>Der Passwortspeicher</translation>
    </message>
</context>
<context>
    <name>EverythingDialog</name>
    <message>
        <source>Approve everything for a while</source>
        <translation>Eine Weile alles genehmigen</translation>
    </message>
    <message>
        <source>Looking at what waits…</source>
        <translation>Offene Anfragen werden angesehen…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Turn on</source>
        <translation>Einschalten</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Requests, at most</source>
        <translation>Höchstens so viele Anfragen</translation>
    </message>
    <message>
        <source>Only some of them</source>
        <translation>Nur einige davon</translation>
    </message>
    <message>
        <source>Only where this field</source>
        <translation>Nur wenn dieses Feld</translation>
    </message>
    <message>
        <source>Its exact name</source>
        <translation>Genau sein Name</translation>
    </message>
    <message>
        <source>is exactly</source>
        <translation>genau so lautet</translation>
    </message>
    <message>
        <source>Approve everything from {account} without asking</source>
        <translation>Alles von {account} ohne Nachfrage genehmigen</translation>
    </message>
    <message>
        <source>Anyone who can send requests gets in. Use it for tests.</source>
        <translation>Wer Anfragen senden kann, kommt hinein. Nur für Tests gedacht.</translation>
    </message>
    <message>
        <source>What waits already stays for you to answer. It ends when the screen is locked or the window is closed, and rests while you use another one.</source>
        <translation>Was schon wartet, bleibt für Sie zum Beantworten. Es endet, wenn der Bildschirm gesperrt oder das Fenster geschlossen wird, und ruht, solange Sie ein anderes benutzen.</translation>
    </message>
</context>
<context>
    <name>FieldsBox</name>
    <message>
        <source>What {account} says</source>
        <translation>Das sagt {account}</translation>
    </message>
    <message>
        <source>Getting the full request…</source>
        <translation>Die ganze Anfrage wird geholt…</translation>
    </message>
    <message>
        <source>{account} gave no details. Approve only if you are signing in right now.</source>
        <translation>{account} hat nichts Näheres angegeben. Genehmigen Sie nur, wenn Sie sich gerade anmelden.</translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>Paste link</source>
        <translation>Link einfügen</translation>
    </message>
    <message>
        <source>Type it in</source>
        <translation>Von Hand eingeben</translation>
    </message>
    <message>
        <source>Just trying? Use the sandbox</source>
        <translation>Nur zum Ausprobieren? Sandbox verwenden</translation>
    </message>
    <message>
        <source>No link? Ask {support}.</source>
        <translation>Kein Link? Fragen Sie {support}.</translation>
    </message>
    <message>
        <source>Starts a company of your own on this computer, until you quit Countersign.</source>
        <translation>Startet ein eigenes Unternehmen auf diesem Computer, bis Sie Countersign beenden.</translation>
    </message>
    <message>
        <source>Starting the sandbox…</source>
        <translation>Sandbox wird gestartet…</translation>
    </message>
    <message>
        <source>Approve sign-ins from this computer</source>
        <translation>Anmeldungen von diesem Computer aus genehmigen</translation>
    </message>
    <message>
        <source>Add the account your company gave you.</source>
        <translation>Fügen Sie das Konto hinzu, das Sie von Ihrem Unternehmen haben.</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Open Countersign</source>
        <translation>Countersign öffnen</translation>
    </message>
    <message>
        <source>Previous request</source>
        <translation>Vorherige Anfrage</translation>
    </message>
    <message>
        <source>Next request</source>
        <translation>Nächste Anfrage</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} von {count}</translation>
    </message>
</context>
<context>
    <name>ForgotPinDialog</name>
    <message>
        <source>Forgot PIN?</source>
        <translation>PIN vergessen?</translation>
    </message>
    <message>
        <source>Without it your accounts can&apos;t be used any more. You can start again: this removes all accounts on this computer. History stays. Your company still lists this computer.</source>
        <translation>Ohne sie können Ihre Konten nicht mehr benutzt werden. Sie können neu anfangen: Das entfernt alle Konten auf diesem Computer. Der Verlauf bleibt. Ihre Firma führt diesen Computer weiter auf.</translation>
    </message>
    <message>
        <source>Type {word} to go on:</source>
        <translation>Tippen Sie {word} ein, um fortzufahren:</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Remove all accounts</source>
        <translation>Alle Konten entfernen</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Next request ({count})</source>
        <translation>Nächste Anfrage ({count})</translation>
    </message>
</context>
<context>
    <name>HelpRows</name>
    <message>
        <source>Check everything</source>
        <translation>Alles prüfen</translation>
    </message>
    <message>
        <source>Questions? Ask {support}.</source>
        <translation>Fragen? Wenden Sie sich an {support}.</translation>
    </message>
    <message>
        <source>Copy diagnostics…</source>
        <translation>Diagnose kopieren…</translation>
    </message>
    <message>
        <source>Only trouble</source>
        <translation>Nur Störungen</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Was geschieht</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Everything, and each request&apos;s outline</source>
        <translation>Alles, und jede Netzanfrage in Umrissen</translation>
    </message>
    <message>
        <source>Kept in the log</source>
        <translation>Im Protokoll steht</translation>
    </message>
    <message>
        <source>Show the log&apos;s folder</source>
        <translation>Ordner des Protokolls zeigen</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>It has no messages, names or keys.</source>
        <translation>Darin stehen keine Nachrichten, Namen oder Schlüssel.</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Approved</source>
        <translation>Genehmigt</translation>
    </message>
    <message>
        <source>Denied</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
    <message>
        <source>Already answered</source>
        <translation>Schon beantwortet</translation>
    </message>
    <message>
        <source>Not approved</source>
        <translation>Nicht genehmigt</translation>
    </message>
    <message>
        <source>Not denied</source>
        <translation>Nicht abgelehnt</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>ohne Nachfrage</translation>
    </message>
    <message>
        <source>not me</source>
        <translation>nicht ich</translation>
    </message>
</context>
<context>
    <name>HistoryDetail</name>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Choose an answer to read it.</source>
        <translation>Wählen Sie eine Antwort, um sie zu lesen.</translation>
    </message>
</context>
<context>
    <name>HistoryList</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
</context>
<context>
    <name>HistoryPane</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Genehmigt</translation>
    </message>
    <message>
        <source>Denied</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>Ohne Nachfrage</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Als CSV speichern…</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Filter aufheben</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Change how long answers are kept</source>
        <translation>Ändern, wie lange Antworten aufbewahrt werden</translation>
    </message>
    <message>
        <source>No answers yet.</source>
        <translation>Noch keine Antworten.</translation>
    </message>
    <message numerus="yes">
        <source>Kept for %n days.</source>
        <translation>
            <numerusform>Aufbewahrt für %n Tag.</numerusform>
            <numerusform>Aufbewahrt für %n Tage.</numerusform>
        </translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>All accounts</source>
        <translation>Alle Konten</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
</context>
<context>
    <name>HowToFixDialog</name>
    <message>
        <source>In a terminal, “countersign doctor” tells whether it works.</source>
        <translation>In einem Terminal sagt Ihnen „countersign doctor“, ob es funktioniert.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Inbox</name>
    <message>
        <source>Checking answer</source>
        <translation>Antwort wird geprüft</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Genehmigt</translation>
    </message>
    <message>
        <source>Denied</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>No longer waiting</source>
        <translation>Nicht mehr offen</translation>
    </message>
</context>
<context>
    <name>InboxFoot</name>
    <message>
        <source>Load more</source>
        <translation>Mehr laden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Loading more…</source>
        <translation>Mehr wird geladen…</translation>
    </message>
    <message>
        <source>{found} found, of {known}.</source>
        <translation>{found} gefunden, von {known}.</translation>
    </message>
    <message>
        <source>There may be more.</source>
        <translation>Vielleicht gibt es mehr.</translation>
    </message>
    <message>
        <source>Showing the newest {known}.</source>
        <translation>Die neuesten {known} sind zu sehen.</translation>
    </message>
    <message>
        <source>Showing {known}.</source>
        <translation>{known} sind zu sehen.</translation>
    </message>
    <message>
        <source>There are more.</source>
        <translation>Es gibt mehr.</translation>
    </message>
    <message>
        <source>Couldn&apos;t load more. {why}</source>
        <translation>Mehr ließ sich nicht laden. {why}</translation>
    </message>
</context>
<context>
    <name>InboxList</name>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
</context>
<context>
    <name>InboxPane</name>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>All requests</source>
        <translation>Alle Anfragen</translation>
    </message>
    <message>
        <source>Accounts: {name}</source>
        <translation>Konten: {name}</translation>
    </message>
</context>
<context>
    <name>InboxSearch</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search requests</source>
        <translation>Anfragen durchsuchen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
</context>
<context>
    <name>InboxView</name>
    <message>
        <source>Nothing found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation>Suche leeren</translation>
    </message>
</context>
<context>
    <name>KeepDialog</name>
    <message>
        <source>Keep running in the tray?</source>
        <translation>Im Infobereich weiterlaufen?</translation>
    </message>
    <message>
        <source>Keep running, minimized?</source>
        <translation>Minimiert weiterlaufen?</translation>
    </message>
    <message>
        <source>Countersign then tells you when a request comes. You find it by its icon in the tray, and quit there.</source>
        <translation>Countersign meldet sich dann, wenn eine Anfrage kommt. Sie finden es an seinem Symbol im Infobereich und beenden es dort.</translation>
    </message>
    <message>
        <source>Countersign then tells you when a request comes. There is no tray here, so its window is only minimized. Ctrl+Q quits.</source>
        <translation>Countersign meldet sich dann, wenn eine Anfrage kommt. Hier gibt es keinen Infobereich, deshalb wird das Fenster nur minimiert. Strg+Q beendet es.</translation>
    </message>
    <message>
        <source>You can change this in Settings.</source>
        <translation>Das können Sie in den Einstellungen ändern.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>Weiterlaufen</translation>
    </message>
</context>
<context>
    <name>LinkPage</name>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>No link? Type it in</source>
        <translation>Kein Link? Von Hand eingeben</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Paste again</source>
        <translation>Erneut einfügen</translation>
    </message>
</context>
<context>
    <name>Links</name>
    <message>
        <source>This link is for an account that isn&apos;t here.</source>
        <translation>Dieser Link gehört zu einem Konto, das es hier nicht gibt.</translation>
    </message>
    <message>
        <source>This link is for an account that isn&apos;t finished.</source>
        <translation>Dieser Link gehört zu einem Konto, das nicht fertig eingerichtet ist.</translation>
    </message>
    <message>
        <source>This request waits. You find it further down in the list.</source>
        <translation>Diese Anfrage wartet. Sie finden sie weiter unten in der Liste.</translation>
    </message>
    <message>
        <source>Countersign can&apos;t look at this request now. Try again later.</source>
        <translation>Countersign kann diese Anfrage gerade nicht ansehen. Versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <source>This request has expired. Still signing in? Start again there.</source>
        <translation>Diese Anfrage ist abgelaufen. Melden Sie sich noch an? Beginnen Sie dort von vorn.</translation>
    </message>
    <message>
        <source>This request was answered already.</source>
        <translation>Diese Anfrage wurde schon beantwortet.</translation>
    </message>
    <message>
        <source>This request isn&apos;t there any more.</source>
        <translation>Diese Anfrage gibt es nicht mehr.</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>Countersign is locked.</source>
        <translation>Countersign ist gesperrt.</translation>
    </message>
    <message>
        <source>It can&apos;t see requests until you unlock it.</source>
        <translation>Es sieht keine Anfragen, bis Sie es entsperren.</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Forgot PIN?</source>
        <translation>PIN vergessen?</translation>
    </message>
</context>
<context>
    <name>LoginRow</name>
    <message>
        <source>Start when I sign in to this computer</source>
        <translation>Starten, wenn ich mich an diesem Computer anmelde</translation>
    </message>
</context>
<context>
    <name>NetworkRows</name>
    <message>
        <source>Test connection</source>
        <translation>Verbindung testen</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Deny</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Denying…</source>
        <translation>Wird abgelehnt…</translation>
    </message>
    <message>
        <source>Denied. {account} has it.</source>
        <translation>Abgelehnt. {account} weiß Bescheid.</translation>
    </message>
    <message>
        <source>Too late: it has expired. Nothing was denied.</source>
        <translation>Zu spät: Sie ist abgelaufen. Es wurde nichts abgelehnt.</translation>
    </message>
    <message>
        <source>We don&apos;t know yet if your denial arrived.</source>
        <translation>Noch unklar, ob Ihre Ablehnung angekommen ist.</translation>
    </message>
    <message>
        <source>This request changed meanwhile. Nothing was denied.</source>
        <translation>Diese Anfrage hat sich inzwischen geändert. Es wurde nichts abgelehnt.</translation>
    </message>
    <message>
        <source>{account} took this request back.</source>
        <translation>{account} hat diese Anfrage zurückgezogen.</translation>
    </message>
    <message>
        <source>This request was already answered.</source>
        <translation>Diese Anfrage wurde schon beantwortet.</translation>
    </message>
    <message>
        <source>This request was answered with your key, but not by this app. Tell {support}.</source>
        <translation>Diese Anfrage wurde mit Ihrem Schlüssel beantwortet, aber nicht von dieser App. Informieren Sie {support}.</translation>
    </message>
    <message>
        <source>Nothing was denied. {why}</source>
        <translation>Es wurde nichts abgelehnt. {why}</translation>
    </message>
    <message>
        <source>A request is waiting.</source>
        <translation>Eine Anfrage ist offen.</translation>
    </message>
    <message>
        <source>99+ requests are waiting.</source>
        <translation>99+ Anfragen sind offen.</translation>
    </message>
    <message>
        <source>Show the new text</source>
        <translation>Den neuen Text zeigen</translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>It wasn&apos;t me</source>
        <translation>Das war ich nicht</translation>
    </message>
</context>
<context>
    <name>PasswordStore</name>
    <message>
        <source>Credential Manager works only for somebody who has signed in to this computer itself, with a password. Sign in that way, then try again.</source>
        <translation>Die Anmeldeinformationsverwaltung funktioniert nur, wenn Sie sich an diesem Computer selbst mit einem Passwort angemeldet haben. Melden Sie sich so an und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>Open Keychain Access and see that there is a keychain called “login”, then try again.</source>
        <translation>Öffnen Sie die Schlüsselbundverwaltung, sehen Sie nach, ob es einen Schlüsselbund „Anmeldung“ gibt, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>Open System Settings and look for KDE Wallet. Switch on “Enable the KDE wallet subsystem” and “Use KWallet for the Secret Service interface”, then try again.</source>
        <translation>Öffnen Sie die Systemeinstellungen und suchen Sie KDE-Passwortspeicher. Schalten Sie „KDE-Passwortspeicher-Subsystem aktivieren“ und „KWallet für die Secret-Service-Schnittstelle verwenden“ ein und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>Start GNOME Keyring: install the package “gnome-keyring” if it is missing, sign out of this computer and in again, then try again.</source>
        <translation>Starten Sie GNOME Keyring: Installieren Sie das Paket „gnome-keyring“, falls es fehlt, melden Sie sich von diesem Computer ab und wieder an und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>Start GNOME Keyring, KWallet or another Secret Service: install the package “gnome-keyring” or “kwallet” if there is none, sign out of this computer and in again, then try again.</source>
        <translation>Starten Sie GNOME Keyring, KWallet oder einen anderen Secret Service: Installieren Sie das Paket „gnome-keyring“ oder „kwallet“, falls keines da ist, melden Sie sich von diesem Computer ab und wieder an und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>How to fix</source>
        <translation>So geht’s</translation>
    </message>
</context>
<context>
    <name>Past</name>
    <message>
        <source>Save as CSV</source>
        <translation>Als CSV speichern</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
</context>
<context>
    <name>Pin</name>
    <message>
        <source>Too many wrong PINs. Try again in {seconds} s.</source>
        <translation>Zu viele falsche PINs. Versuchen Sie es in {seconds} s wieder.</translation>
    </message>
    <message>
        <source>Countersign is locked and can&apos;t see requests.</source>
        <translation>Countersign ist gesperrt und sieht keine Anfragen.</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
</context>
<context>
    <name>PinDialog</name>
    <message>
        <source>PIN until now</source>
        <translation>Bisherige PIN</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>Neue PIN</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>Dieselbe noch einmal</translation>
    </message>
    <message>
        <source>I understand</source>
        <translation>Ich habe verstanden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Your accounts&apos; keys will be kept in the password store alone.</source>
        <translation>Die Schlüssel Ihrer Konten liegen dann nur noch im Passwortspeicher.</translation>
    </message>
    <message>
        <source>6 or more digits or letters. Countersign asks for it when it starts, and after your screen was locked.</source>
        <translation>6 oder mehr Ziffern oder Buchstaben. Countersign fragt danach, wenn es startet und nachdem Ihr Bildschirm gesperrt war.</translation>
    </message>
    <message>
        <source>If you forget it, you must add your accounts again.</source>
        <translation>Wenn Sie sie vergessen, müssen Sie Ihre Konten neu hinzufügen.</translation>
    </message>
    <message>
        <source>The two new ones differ.</source>
        <translation>Die beiden neuen sind verschieden.</translation>
    </message>
    <message>
        <source>Choose a PIN</source>
        <translation>PIN wählen</translation>
    </message>
    <message>
        <source>Change the PIN</source>
        <translation>Die PIN ändern</translation>
    </message>
    <message>
        <source>Remove the PIN</source>
        <translation>Die PIN entfernen</translation>
    </message>
    <message>
        <source>Set PIN</source>
        <translation>PIN setzen</translation>
    </message>
    <message>
        <source>Change PIN</source>
        <translation>PIN ändern</translation>
    </message>
    <message>
        <source>Remove PIN</source>
        <translation>PIN entfernen</translation>
    </message>
</context>
<context>
    <name>PinRows</name>
    <message>
        <source>Choose a PIN…</source>
        <translation>PIN wählen…</translation>
    </message>
    <message>
        <source>Change PIN…</source>
        <translation>PIN ändern…</translation>
    </message>
    <message>
        <source>Remove PIN…</source>
        <translation>PIN entfernen…</translation>
    </message>
    <message>
        <source>Ask for the PIN before each approval</source>
        <translation>Vor jeder Genehmigung nach der PIN fragen</translation>
    </message>
    <message>
        <source>Lock when the screen locks</source>
        <translation>Mit dem Bildschirm sperren</translation>
    </message>
    <message>
        <source>While it is locked, Countersign can&apos;t see requests.</source>
        <translation>Solange es gesperrt ist, sieht Countersign keine Anfragen.</translation>
    </message>
    <message>
        <source>A PIN protects your keys.</source>
        <translation>Eine PIN schützt Ihre Schlüssel.</translation>
    </message>
    <message>
        <source>There is no PIN.</source>
        <translation>Es gibt keine PIN.</translation>
    </message>
</context>
<context>
    <name>ProxyRows</name>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>This one</source>
        <translation>Dieser</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Proxy&apos;s address</source>
        <translation>Adresse des Proxys</translation>
    </message>
    <message>
        <source>It looks like http://proxy.example.com:8080.</source>
        <translation>Sie sieht aus wie http://proxy.example.com:8080.</translation>
    </message>
</context>
<context>
    <name>QuitDialog</name>
    <message>
        <source>Quit Countersign</source>
        <translation>Countersign beenden</translation>
    </message>
    <message>
        <source>Quit?</source>
        <translation>Beenden?</translation>
    </message>
    <message>
        <source>You won&apos;t see requests until you start it again.</source>
        <translation>Sie sehen keine Anfragen, bis Sie es wieder starten.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>Reading</name>
    <message>
        <source>Choose a request to read it.</source>
        <translation>Wählen Sie eine Anfrage, um sie zu lesen.</translation>
    </message>
</context>
<context>
    <name>RemoveAccountDialog</name>
    <message>
        <source>Remove account</source>
        <translation>Konto entfernen</translation>
    </message>
    <message>
        <source>Wait a moment, this step can&apos;t be stopped.</source>
        <translation>Einen Moment, dieser Schritt lässt sich nicht abbrechen.</translation>
    </message>
    <message>
        <source>Here and at {host}</source>
        <translation>Hier und bei {host}</translation>
    </message>
    <message>
        <source>Only here: {host} will still list this computer</source>
        <translation>Nur hier: {host} führt diesen Computer weiter auf</translation>
    </message>
    <message>
        <source>{host} can&apos;t be reached now.</source>
        <translation>{host} ist gerade nicht erreichbar.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Remove only here</source>
        <translation>Nur hier entfernen</translation>
    </message>
    <message>
        <source>Remove {account}?</source>
        <translation>{account} entfernen?</translation>
    </message>
    <message>
        <source>You won&apos;t be able to approve its requests on this computer.</source>
        <translation>Sie können dann Anfragen dieses Kontos nicht mehr an diesem Computer genehmigen.</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>Wird entfernt…</translation>
    </message>
    <message>
        <source>{host} couldn&apos;t be reached. Nothing was removed.</source>
        <translation>{host} war nicht erreichbar. Es wurde nichts entfernt.</translation>
    </message>
    <message>
        <source>Nothing was removed.</source>
        <translation>Es wurde nichts entfernt.</translation>
    </message>
</context>
<context>
    <name>RemovedPane</name>
    <message>
        <source>If you didn&apos;t expect that, ask {support}. What you answered stays in History.</source>
        <translation>Wenn Sie das nicht erwartet haben, fragen Sie {support}. Was Sie beantwortet haben, bleibt im Verlauf.</translation>
    </message>
    <message>
        <source>Add again</source>
        <translation>Neu hinzufügen</translation>
    </message>
    <message>
        <source>Remove from this computer</source>
        <translation>Von diesem Computer entfernen</translation>
    </message>
    <message>
        <source>{account} no longer knows this computer. You can&apos;t approve here.</source>
        <translation>{account} kennt diesen Computer nicht mehr. Hier können Sie nichts genehmigen.</translation>
    </message>
</context>
<context>
    <name>Request</name>
    <message>
        <source>Couldn&apos;t get the full request.</source>
        <translation>Die ganze Anfrage ließ sich nicht holen.</translation>
    </message>
    <message>
        <source>Your answer was not taken.</source>
        <translation>Ihre Antwort wurde nicht angenommen.</translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation>Es wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>{host} didn&apos;t say what to sign.</source>
        <translation>{host} hat nicht gesagt, was zu signieren ist.</translation>
    </message>
    <message>
        <source>Something went wrong inside Countersign.</source>
        <translation>In Countersign ist ein Fehler aufgetreten.</translation>
    </message>
    <message>
        <source>{host} answered, but not as expected.</source>
        <translation>{host} hat geantwortet, aber anders als erwartet.</translation>
    </message>
    <message>
        <source>Can&apos;t reach {host}. Check your connection.</source>
        <translation>{host} ist nicht erreichbar. Prüfen Sie Ihre Verbindung.</translation>
    </message>
    <message>
        <source>This computer&apos;s date or time is wrong. Set it first.</source>
        <translation>Datum oder Uhrzeit dieses Computers sind falsch. Stellen Sie sie zuerst.</translation>
    </message>
    <message>
        <source>Can&apos;t save on this computer: the disk may be full or read-only.</source>
        <translation>Auf diesem Computer lässt sich nichts speichern: Der Datenträger ist vielleicht voll oder schreibgeschützt.</translation>
    </message>
    <message>
        <source>Your password store is locked. Unlock it to go on.</source>
        <translation>Ihr Passwortspeicher ist gesperrt. Entsperren Sie ihn, um fortzufahren.</translation>
    </message>
    <message>
        <source>Your password store is still locked.</source>
        <translation>Ihr Passwortspeicher ist noch gesperrt.</translation>
    </message>
    <message>
        <source>No password store is running on this computer.</source>
        <translation>Auf diesem Computer läuft kein Passwortspeicher.</translation>
    </message>
    <message>
        <source>The key for {account} is gone and can&apos;t be brought back. Remove the account and add it again.</source>
        <translation>Der Schlüssel zu {account} ist weg und nicht wiederherzustellen. Entfernen Sie das Konto und fügen Sie es neu hinzu.</translation>
    </message>
    <message>
        <source>{host} is busy. Try again in a minute.</source>
        <translation>{host} ist ausgelastet. Versuchen Sie es in einer Minute erneut.</translation>
    </message>
    <message>
        <source>{host} doesn&apos;t accept this computer&apos;s key.</source>
        <translation>{host} akzeptiert den Schlüssel dieses Computers nicht.</translation>
    </message>
    <message>
        <source>{host} refused this.</source>
        <translation>{host} hat das abgewiesen.</translation>
    </message>
    <message>
        <source>Someone may know your password. Change it, and tell {support}.</source>
        <translation>Vielleicht kennt jemand Ihr Passwort. Ändern Sie es und informieren Sie {support}.</translation>
    </message>
    <message>
        <source>Telling {account}…</source>
        <translation>{account} wird informiert…</translation>
    </message>
    <message>
        <source>{account} was told that it wasn&apos;t you.</source>
        <translation>{account} weiß jetzt, dass Sie es nicht waren.</translation>
    </message>
    <message>
        <source>Another Countersign is busy. Try again.</source>
        <translation>Ein anderes Countersign ist gerade beschäftigt. Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Can&apos;t save that on this computer: the disk may be full or read-only.</source>
        <translation>Das lässt sich auf diesem Computer nicht speichern: Der Datenträger ist vielleicht voll oder schreibgeschützt.</translation>
    </message>
    <message>
        <source>Your history here no longer has this denial.</source>
        <translation>In Ihrem Verlauf hier steht diese Ablehnung nicht mehr.</translation>
    </message>
    <message>
        <source>Nobody was told.</source>
        <translation>Es wurde niemand informiert.</translation>
    </message>
    <message>
        <source>Noted in your history here.</source>
        <translation>Hier in Ihrem Verlauf vermerkt.</translation>
    </message>
    <message>
        <source>The connection broke, so {account} may not have been told.</source>
        <translation>Die Verbindung brach ab; vielleicht hat {account} nichts davon erfahren.</translation>
    </message>
    <message>
        <source>{account} has trouble, and may not have been told.</source>
        <translation>{account} ist gestört und hat vielleicht nichts davon erfahren.</translation>
    </message>
    <message>
        <source>{account} couldn&apos;t be told.</source>
        <translation>{account} ließ sich nicht informieren.</translation>
    </message>
    <message>
        <source>{account} couldn&apos;t be told: {why}</source>
        <translation>{account} ließ sich nicht informieren: {why}</translation>
    </message>
    <message>
        <source>this computer&apos;s date or time is wrong.</source>
        <translation>Datum oder Uhrzeit dieses Computers sind falsch.</translation>
    </message>
    <message>
        <source>the connection to it isn&apos;t safe.</source>
        <translation>Die Verbindung dorthin ist nicht sicher.</translation>
    </message>
    <message>
        <source>it can&apos;t be reached.</source>
        <translation>Dort ist niemand erreichbar.</translation>
    </message>
    <message>
        <source>the account was removed from this computer.</source>
        <translation>Das Konto wurde von diesem Computer entfernt.</translation>
    </message>
    <message>
        <source>it doesn&apos;t accept this computer&apos;s key.</source>
        <translation>Der Schlüssel dieses Computers wird dort nicht akzeptiert.</translation>
    </message>
    <message>
        <source>it no longer has this request.</source>
        <translation>Diese Anfrage gibt es dort nicht mehr.</translation>
    </message>
    <message>
        <source>it is busy.</source>
        <translation>Dort ist gerade zu viel los.</translation>
    </message>
    <message>
        <source>it takes no such notes.</source>
        <translation>Solche Hinweise werden dort nicht angenommen.</translation>
    </message>
    <message>
        <source>your password store is locked.</source>
        <translation>Ihr Passwortspeicher ist gesperrt.</translation>
    </message>
    <message>
        <source>no password store is running on this computer.</source>
        <translation>Auf diesem Computer läuft kein Passwortspeicher.</translation>
    </message>
    <message>
        <source>the key for this account is gone.</source>
        <translation>Der Schlüssel zu diesem Konto ist weg.</translation>
    </message>
    <message>
        <source>your password store can&apos;t be used.</source>
        <translation>Ihr Passwortspeicher ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Gefragt</translation>
    </message>
    <message>
        <source>{account} asks: {message}</source>
        <translation>{account} fragt: {message}</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min left</source>
        <translation>noch {hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s left</source>
        <translation>noch {minutes} min {seconds} s</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>noch {seconds} s</translation>
    </message>
    <message>
        <source>Asked {asked} · Expires {expires} · Checked by Countersign</source>
        <translation>Gefragt {asked} · Läuft ab {expires} · Geprüft von Countersign</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Removed, was {before}</source>
        <translation>Entfernt, war {before}</translation>
    </message>
    <message>
        <source>Changed, was {before}</source>
        <translation>Geändert, war {before}</translation>
    </message>
    <message>
        <source>This request changed at {time}.</source>
        <translation>Diese Anfrage hat sich um {time} geändert.</translation>
    </message>
    <message>
        <source>This request changed while you were reading. Your answer was not taken.</source>
        <translation>Diese Anfrage hat sich beim Lesen geändert. Ihre Antwort wurde nicht angenommen.</translation>
    </message>
    <message>
        <source>Your answer can&apos;t be sent while you&apos;re offline.</source>
        <translation>Offline lässt sich Ihre Antwort nicht senden.</translation>
    </message>
    <message>
        <source>You can&apos;t approve yet: your company wants a PIN. Choose one in the settings, under Security. You can deny.</source>
        <translation>Sie können noch nicht genehmigen: Ihre Firma verlangt eine PIN. Wählen Sie eine in den Einstellungen unter Sicherheit. Ablehnen können Sie.</translation>
    </message>
    <message>
        <source>You can&apos;t approve here: your company&apos;s settings can&apos;t be used. You can deny. Ask {support}.</source>
        <translation>Hier können Sie nicht genehmigen: Die Vorgaben Ihres Unternehmens sind nicht verwendbar. Ablehnen können Sie. Fragen Sie {support}.</translation>
    </message>
    <message>
        <source>Denying…</source>
        <translation>Wird abgelehnt…</translation>
    </message>
    <message>
        <source>Approving…</source>
        <translation>Wird genehmigt…</translation>
    </message>
    <message>
        <source>Waiting for your password…</source>
        <translation>Warten auf Ihr Passwort…</translation>
    </message>
    <message>
        <source>Taking longer than usual. You don&apos;t need to click again.</source>
        <translation>Es dauert länger als sonst. Sie brauchen nicht noch einmal zu klicken.</translation>
    </message>
    <message>
        <source>Denied at {time}. {account} has it.</source>
        <translation>Abgelehnt um {time}. {account} weiß Bescheid.</translation>
    </message>
    <message>
        <source>✓ Approved at {time}. {account} has it.</source>
        <translation>✓ Genehmigt um {time}. {account} weiß Bescheid.</translation>
    </message>
    <message>
        <source>Denied. Your answer had arrived.</source>
        <translation>Abgelehnt. Ihre Antwort war angekommen.</translation>
    </message>
    <message>
        <source>✓ Approved. Your answer had arrived.</source>
        <translation>✓ Genehmigt. Ihre Antwort war angekommen.</translation>
    </message>
    <message>
        <source>Still signing in? Start again there.</source>
        <translation>Noch beim Anmelden? Beginnen Sie dort von vorn.</translation>
    </message>
    <message>
        <source>Expired at {time}.</source>
        <translation>Abgelaufen um {time}.</translation>
    </message>
    <message>
        <source>Too late: it expired at {time}.</source>
        <translation>Zu spät: abgelaufen um {time}.</translation>
    </message>
    <message>
        <source>It expired first.</source>
        <translation>Sie war schon abgelaufen.</translation>
    </message>
    <message>
        <source>It did not arrive.</source>
        <translation>Sie ist nicht angekommen.</translation>
    </message>
    <message>
        <source>{account} took this request back.</source>
        <translation>{account} hat diese Anfrage zurückgezogen.</translation>
    </message>
    <message>
        <source>Nothing was denied.</source>
        <translation>Es wurde nichts abgelehnt.</translation>
    </message>
    <message>
        <source>Nothing was approved.</source>
        <translation>Es wurde nichts genehmigt.</translation>
    </message>
    <message>
        <source>This request was answered with your key, but not by this app. Tell {support} now.</source>
        <translation>Diese Anfrage wurde mit Ihrem Schlüssel beantwortet, aber nicht von dieser App. Informieren Sie sofort {support}.</translation>
    </message>
    <message>
        <source>Not known. Countersign asks again when you&apos;re online.</source>
        <translation>Nicht bekannt. Countersign fragt wieder nach, sobald Sie online sind.</translation>
    </message>
    <message>
        <source>This request is being answered by another window or command.</source>
        <translation>Diese Anfrage wird gerade in einem anderen Fenster oder Befehl beantwortet.</translation>
    </message>
    <message>
        <source>We don&apos;t know yet if your denial arrived.</source>
        <translation>Noch unklar, ob Ihre Ablehnung angekommen ist.</translation>
    </message>
    <message>
        <source>We don&apos;t know yet if your approval arrived.</source>
        <translation>Noch unklar, ob Ihre Genehmigung angekommen ist.</translation>
    </message>
    <message>
        <source>The connection broke. Countersign is asking {account} and won&apos;t send it twice.</source>
        <translation>Die Verbindung brach ab. Countersign fragt bei {account} nach und sendet sie kein zweites Mal.</translation>
    </message>
    <message>
        <source>You already approved this request on this computer.</source>
        <translation>Sie haben diese Anfrage schon an diesem Computer genehmigt.</translation>
    </message>
    <message>
        <source>You already denied this request on this computer.</source>
        <translation>Sie haben diese Anfrage schon an diesem Computer abgelehnt.</translation>
    </message>
    <message>
        <source>This request was already answered.</source>
        <translation>Diese Anfrage wurde schon beantwortet.</translation>
    </message>
</context>
<context>
    <name>RequestMenu</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open in a small window</source>
        <translation>In kleinem Fenster öffnen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>RequestPane</name>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
</context>
<context>
    <name>ResultBox</name>
    <message>
        <source>Check now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Copy what happened</source>
        <translation>Hergang kopieren</translation>
    </message>
    <message>
        <source>Remove account…</source>
        <translation>Konto entfernen…</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Stop notices for 20 min</source>
        <translation>20 min keine Mitteilungen</translation>
    </message>
    <message>
        <source>No notices until {time}</source>
        <translation>Keine Mitteilungen bis {time}</translation>
    </message>
</context>
<context>
    <name>SavedField</name>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Couldn&apos;t save. Still called {name}.</source>
        <translation>Speichern nicht möglich. Der Name ist weiter {name}.</translation>
    </message>
</context>
<context>
    <name>Scroller</name>
    <message numerus="yes">
        <source>%n more below</source>
        <translation>
            <numerusform>%n weitere darunter</numerusform>
            <numerusform>%n weitere darunter</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Set by your company</source>
        <translation>Von Ihrem Unternehmen festgelegt</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>{days} days</source>
        <translation>{days} Tage</translation>
    </message>
    <message>
        <source>Keep answers for</source>
        <translation>Antworten aufbewahren für</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Start hidden in the tray</source>
        <translation>Im Infobereich versteckt starten</translation>
    </message>
    <message>
        <source>Closing the window keeps it running</source>
        <translation>Nach dem Schließen weiterlaufen</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>In force when you start Countersign again.</source>
        <translation>Gilt ab dem nächsten Start von Countersign.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>every {seconds} s</source>
        <translation>alle {seconds} s</translation>
    </message>
    <message>
        <source>every minute</source>
        <translation>jede Minute</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>with the message</source>
        <translation>mit der Nachricht</translation>
    </message>
    <message>
        <source>without the message</source>
        <translation>ohne die Nachricht</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Check while I&apos;m here</source>
        <translation>Prüfen, wenn ich hier bin</translation>
    </message>
    <message>
        <source>Check in the background</source>
        <translation>Prüfen im Hintergrund</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Mitteilungen</translation>
    </message>
    <message>
        <source>Offer Deny in notices</source>
        <translation>Ablehnen in Mitteilungen anbieten</translation>
    </message>
    <message>
        <source>Keep the small window open</source>
        <translation>Das kleine Fenster offen lassen</translation>
    </message>
    <message>
        <source>Couldn&apos;t save. Changes last until you quit.</source>
        <translation>Speichern nicht möglich. Änderungen gelten, bis Sie Countersign beenden.</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Genehmigen</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Next request</source>
        <translation>Nächste Anfrage</translation>
    </message>
    <message>
        <source>Previous request</source>
        <translation>Vorherige Anfrage</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>Show in the small window</source>
        <translation>Im kleinen Fenster zeigen</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>Add account</source>
        <translation>Konto hinzufügen</translation>
    </message>
    <message>
        <source>Account details</source>
        <translation>Kontodetails</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Close without answering</source>
        <translation>Schließen, ohne zu antworten</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Showing</name>
    <message>
        <source>All requests</source>
        <translation>Alle Anfragen</translation>
    </message>
    <message>
        <source>Countersign can&apos;t see requests now.</source>
        <translation>Countersign sieht gerade keine Anfragen.</translation>
    </message>
    <message>
        <source>Looking for requests…</source>
        <translation>Anfragen werden gesucht…</translation>
    </message>
    <message>
        <source>No requests.
New ones show up here by themselves.</source>
        <translation>Keine Anfragen.
Neue erscheinen hier von selbst.</translation>
    </message>
    <message>
        <source>As of {time}</source>
        <translation>Stand: {time}</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Add account</source>
        <translation>Konto hinzufügen</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
</context>
<context>
    <name>Silent</name>
    <message>
        <source>No browser could be opened. Nothing was begun.</source>
        <translation>Es ließ sich kein Browser öffnen. Nichts wurde begonnen.</translation>
    </message>
    <message>
        <source>{account}: waiting for your sign-in, {left}</source>
        <translation>{account}: wartet auf Ihre Anmeldung, {left}</translation>
    </message>
    <message>
        <source>Approving {account} silently: {left} of {most} left, ends {time}</source>
        <translation>{account} wird ohne Nachfrage genehmigt: noch {left} von {most}, endet {time}</translation>
    </message>
    <message>
        <source>Silent approval of {account} ended: {why}</source>
        <translation>Genehmigen ohne Nachfrage für {account} ist zu Ende: {why}</translation>
    </message>
    <message>
        <source>Approved your sign-in at {account}.</source>
        <translation>Ihre Anmeldung bei {account} ist genehmigt.</translation>
    </message>
    <message>
        <source>No matching request came. Others stay for you to answer.</source>
        <translation>Es kam keine passende Anfrage. Andere bleiben für Sie zum Beantworten.</translation>
    </message>
    <message>
        <source>Two requests of {account} claimed to be your sign-in, so neither was approved. Somebody may be trying to get in.</source>
        <translation>Zwei Anfragen von {account} gaben sich als Ihre Anmeldung aus, darum wurde keine genehmigt. Vielleicht versucht jemand, hineinzukommen.</translation>
    </message>
    <message>
        <source>Countersign no longer waits for your sign-in: {why}</source>
        <translation>Countersign wartet nicht mehr auf Ihre Anmeldung: {why}</translation>
    </message>
    <message>
        <source>time is up.</source>
        <translation>die Zeit ist um.</translation>
    </message>
    <message>
        <source>{count} reached.</source>
        <translation>{count} sind erreicht.</translation>
    </message>
    <message>
        <source>the screen was locked.</source>
        <translation>der Bildschirm wurde gesperrt.</translation>
    </message>
    <message>
        <source>the window was closed.</source>
        <translation>das Fenster wurde geschlossen.</translation>
    </message>
    <message>
        <source>two requests wait at once. Somebody else may be signing in.</source>
        <translation>zwei Anfragen warten zugleich. Vielleicht meldet sich jemand anderes an.</translation>
    </message>
    <message>
        <source>three requests within a minute. Somebody else may be signing in.</source>
        <translation>drei Anfragen in einer Minute. Vielleicht meldet sich jemand anderes an.</translation>
    </message>
    <message>
        <source>it isn&apos;t allowed any more.</source>
        <translation>es ist nicht mehr erlaubt.</translation>
    </message>
    <message>
        <source>the account is gone.</source>
        <translation>das Konto gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Countersign can&apos;t see requests of {account} now. {why}</source>
        <translation>Countersign sieht Anfragen von {account} gerade nicht. {why}</translation>
    </message>
    <message>
        <source>Couldn&apos;t approve “{message}” silently. {why}</source>
        <translation>„{message}“ ließ sich nicht ohne Nachfrage genehmigen. {why}</translation>
    </message>
    <message>
        <source>Couldn&apos;t approve “{message}” silently. {why} It&apos;s waiting for you.</source>
        <translation>„{message}“ ließ sich nicht ohne Nachfrage genehmigen. {why} Die Anfrage wartet auf Sie.</translation>
    </message>
    <message>
        <source>It changed while it was read.</source>
        <translation>Sie hat sich beim Lesen geändert.</translation>
    </message>
    <message>
        <source>It was answered or expired meanwhile.</source>
        <translation>Sie wurde inzwischen beantwortet oder ist abgelaufen.</translation>
    </message>
    <message>
        <source>Silent approval ended before.</source>
        <translation>Das Genehmigen ohne Nachfrage war schon zu Ende.</translation>
    </message>
    <message>
        <source>We don&apos;t know yet if it arrived. Countersign is asking and won&apos;t send it twice.</source>
        <translation>Ob es angekommen ist, wissen wir noch nicht. Countersign fragt nach und sendet es nicht zweimal.</translation>
    </message>
    <message>
        <source>A request was approved silently.</source>
        <translation>Eine Anfrage wurde ohne Nachfrage genehmigt.</translation>
    </message>
    <message>
        <source>Approved silently: {message}</source>
        <translation>Ohne Nachfrage genehmigt: {message}</translation>
    </message>
    <message>
        <source>Your company doesn&apos;t allow this.</source>
        <translation>Ihr Unternehmen erlaubt das nicht.</translation>
    </message>
    <message>
        <source>Your company&apos;s settings can&apos;t be read, so nothing is approved.</source>
        <translation>Die Vorgaben Ihres Unternehmens sind nicht lesbar, darum wird nichts genehmigt.</translation>
    </message>
    <message>
        <source>Each approval needs your PIN.</source>
        <translation>Jede Genehmigung braucht Ihre PIN.</translation>
    </message>
    <message>
        <source>Countersign is locked.</source>
        <translation>Countersign ist gesperrt.</translation>
    </message>
    <message>
        <source>This account isn&apos;t ready yet.</source>
        <translation>Dieses Konto ist noch nicht bereit.</translation>
    </message>
    <message>
        <source>Open the window first.</source>
        <translation>Öffnen Sie zuerst das Fenster.</translation>
    </message>
    <message>
        <source>Several requests wait. Answer them first.</source>
        <translation>Mehrere Anfragen warten. Beantworten Sie zuerst diese.</translation>
    </message>
    <message>
        <source>It is off for this account. See its details.</source>
        <translation>Für dieses Konto ist es ausgeschaltet. Siehe seine Details.</translation>
    </message>
    <message>
        <source>A link can&apos;t turn on silent approval.</source>
        <translation>Ein Link kann das Genehmigen ohne Nachfrage nicht einschalten.</translation>
    </message>
</context>
<context>
    <name>SilentSection</name>
    <message>
        <source>Silent approval</source>
        <translation>Genehmigen ohne Nachfrage</translation>
    </message>
    <message>
        <source>Sign-ins that I start here</source>
        <translation>Anmeldungen, die ich hier beginne</translation>
    </message>
    <message>
        <source>Sign-in address</source>
        <translation>Adresse der Anmeldung</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Everything for a while</source>
        <translation>Eine Weile alles</translation>
    </message>
    <message>
        <source>Turn on for a while…</source>
        <translation>Für eine Weile einschalten…</translation>
    </message>
    <message>
        <source>Set by your company</source>
        <translation>Von Ihrem Unternehmen festgelegt</translation>
    </message>
    <message>
        <source>From your company; {transaction} stands for the number of the sign-in.</source>
        <translation>Von Ihrem Unternehmen; {transaction} steht für die Nummer der Anmeldung.</translation>
    </message>
    <message>
        <source>“Sign in” opens your company&apos;s page, and Countersign approves that one sign-in by itself: nothing else, and for one minute at most.</source>
        <translation>„Anmelden“ öffnet die Seite Ihres Unternehmens, und Countersign genehmigt diese eine Anmeldung von selbst: sonst nichts, und höchstens eine Minute lang.</translation>
    </message>
    <message>
        <source>For tests: approves whatever comes, for 15 minutes and 10 requests at most. It is turned on anew each time.</source>
        <translation>Für Tests: genehmigt, was kommt, höchstens 15 Minuten lang und höchstens 10 Anfragen. Es wird jedes Mal neu eingeschaltet.</translation>
    </message>
</context>
<context>
    <name>SilentStrip</name>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Stop silent approval</source>
        <translation>Genehmigen ohne Nachfrage beenden</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>StepRow</name>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>at work</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>StorePage</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>How to fix</source>
        <translation>So geht’s</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Waiting for your password…</source>
        <translation>Warten auf Ihr Passwort…</translation>
    </message>
    <message>
        <source>Still locked.</source>
        <translation>Noch gesperrt.</translation>
    </message>
    <message>
        <source>No password store is running on this computer. Countersign needs one for its keys.</source>
        <translation>Auf diesem Computer läuft kein Passwortspeicher. Countersign braucht einen für seine Schlüssel.</translation>
    </message>
    <message>
        <source>The password store here keeps secrets unprotected, so Countersign won&apos;t use it.</source>
        <translation>Der Passwortspeicher hier bewahrt Geheimnisse ungeschützt auf, deshalb verwendet Countersign ihn nicht.</translation>
    </message>
    <message>
        <source>Use GNOME Keyring, KWallet, Keychain or Credential Manager, then try again.</source>
        <translation>Verwenden Sie GNOME Keyring, KWallet, Schlüsselbund oder die Anmeldeinformationsverwaltung und versuchen Sie es dann erneut.</translation>
    </message>
</context>
<context>
    <name>Support</name>
    <message>
        <source>whoever gave you this account</source>
        <translation>die Stelle, von der Sie dieses Konto haben</translation>
    </message>
</context>
<context>
    <name>Technical</name>
    <message>
        <source>Technical</source>
        <translation>Technisches</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>Faktor</translation>
    </message>
    <message>
        <source>Account SID</source>
        <translation>Konto-SID</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Entity</source>
        <translation>Entität</translation>
    </message>
    <message>
        <source>Credential</source>
        <translation>Zugangsdaten</translation>
    </message>
    <message>
        <source>API address</source>
        <translation>API-Adresse</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Key fingerprint</source>
        <translation>Fingerabdruck des Schlüssels</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>in this computer&apos;s security chip (TPM)</source>
        <translation>im Sicherheitschip dieses Computers (TPM)</translation>
    </message>
    <message>
        <source>in the password store</source>
        <translation>im Passwortspeicher</translation>
    </message>
</context>
<context>
    <name>TextLabel</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} h</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} min {seconds} s</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>Aktuell</translation>
    </message>
    <message>
        <source>Checked {minutes} min ago</source>
        <translation>Vor {minutes} min geprüft</translation>
    </message>
    <message>
        <source>Checked {hours} h ago</source>
        <translation>Vor {hours} h geprüft</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>{words}. Silent approval is on</source>
        <translation>{words}. Genehmigen ohne Nachfrage ist an</translation>
    </message>
    <message>
        <source>Countersign: offline, can&apos;t see new requests</source>
        <translation>Countersign: offline, sieht keine neuen Anfragen</translation>
    </message>
    <message>
        <source>Countersign: locked</source>
        <translation>Countersign: gesperrt</translation>
    </message>
    <message>
        <source>Countersign: something needs your attention</source>
        <translation>Countersign: etwas braucht Ihre Aufmerksamkeit</translation>
    </message>
    <message>
        <source>{app}, 1 request is waiting</source>
        <translation>{app}, 1 Anfrage ist offen</translation>
    </message>
    <message>
        <source>{app}, 99+ requests are waiting</source>
        <translation>{app}, 99+ Anfragen sind offen</translation>
    </message>
</context>
<context>
    <name>TrayMenu</name>
    <message>
        <source>I&apos;m signing in (check fast for 1 min)</source>
        <translation>Ich melde mich an (1 min lang öfter prüfen)</translation>
    </message>
    <message>
        <source>Turn notices on</source>
        <translation>Mitteilungen einschalten</translation>
    </message>
    <message>
        <source>Stop silent approval</source>
        <translation>Genehmigen ohne Nachfrage beenden</translation>
    </message>
    <message>
        <source>Open Countersign</source>
        <translation>Countersign öffnen</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Quit…</source>
        <translation>Beenden…</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>Locked: requests can&apos;t be seen</source>
        <translation>Gesperrt: Anfragen sind nicht zu sehen</translation>
    </message>
    <message>
        <source>No requests</source>
        <translation>Keine Anfragen</translation>
    </message>
    <message>
        <source>1 request waiting</source>
        <translation>1 Anfrage offen</translation>
    </message>
    <message>
        <source>99+ requests waiting</source>
        <translation>99+ Anfragen offen</translation>
    </message>
    <message numerus="yes">
        <source>%n requests waiting</source>
        <translation>
            <numerusform>%n Anfrage offen</numerusform>
            <numerusform>%n Anfragen offen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrySandbox</name>
    <message>
        <source>The sandbox didn&apos;t start.</source>
        <translation>Die Sandbox ist nicht gestartet.</translation>
    </message>
    <message>
        <source>Start it in a terminal: countersign sandbox</source>
        <translation>Starten Sie sie in einem Terminal: countersign sandbox</translation>
    </message>
</context>
<context>
    <name>TypedPage</name>
    <message>
        <source>Company address</source>
        <translation>Adresse des Unternehmens</translation>
    </message>
    <message>
        <source>Starts with https://</source>
        <translation>Beginnt mit https://</translation>
    </message>
    <message>
        <source>Your ID</source>
        <translation>Ihre Kennung</translation>
    </message>
    <message>
        <source>8–64 letters, digits or dashes; not your e-mail</source>
        <translation>8–64 Buchstaben, Ziffern oder Striche; nicht Ihre E-Mail-Adresse</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>Einmalcode</translation>
    </message>
    <message>
        <source>If you were given one</source>
        <translation>Falls Sie einen bekommen haben</translation>
    </message>
    <message>
        <source>Name of this computer</source>
        <translation>Name dieses Computers</translation>
    </message>
    <message>
        <source>Your company sees this</source>
        <translation>Ihr Unternehmen sieht ihn</translation>
    </message>
    <message>
        <source>Account name</source>
        <translation>Name des Kontos</translation>
    </message>
    <message>
        <source>Only you see this</source>
        <translation>Nur Sie sehen ihn</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Set by your company</source>
        <translation>Von Ihrem Unternehmen festgelegt</translation>
    </message>
</context>
<context>
    <name>UnfinishedPane</name>
    <message>
        <source>This account isn&apos;t finished. Your company forgets it within 1 to 24 hours.</source>
        <translation>Dieses Konto ist nicht fertig. Ihr Unternehmen vergisst es innerhalb von 1 bis 24 Stunden.</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Abschließen</translation>
    </message>
    <message>
        <source>Add again</source>
        <translation>Neu hinzufügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>1 more request from {account}, which has just sent many</source>
        <translation>1 weitere Anfrage von {account}, nachdem eben viele kamen</translation>
    </message>
    <message numerus="yes">
        <source>%n requests from {account} within 2 minutes</source>
        <translation>
            <numerusform>%n Anfrage von {account} in 2 Minuten</numerusform>
            <numerusform>%n Anfragen von {account} in 2 Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>Are you signing in right now? If not, someone may have your password. Don&apos;t approve.</source>
        <translation>Melden Sie sich gerade an? Wenn nicht, hat vielleicht jemand Ihr Passwort. Genehmigen Sie nichts.</translation>
    </message>
    <message numerus="yes">
        <source>Deny all %n</source>
        <translation>
            <numerusform>%n ablehnen</numerusform>
            <numerusform>Alle %n ablehnen</numerusform>
        </translation>
    </message>
    <message>
        <source>Deny it</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Denying {number} of {total}…</source>
        <translation>{number} von {total} wird abgelehnt…</translation>
    </message>
    <message numerus="yes">
        <source>%n denied</source>
        <translation>
            <numerusform>%n abgelehnt</numerusform>
            <numerusform>%n abgelehnt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n had already expired</source>
        <translation>
            <numerusform>%n war schon abgelaufen</numerusform>
            <numerusform>%n waren schon abgelaufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n had an answer already</source>
        <translation>
            <numerusform>%n war schon beantwortet</numerusform>
            <numerusform>%n waren schon beantwortet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n couldn&apos;t be denied</source>
        <translation>
            <numerusform>%n ließ sich nicht ablehnen</numerusform>
            <numerusform>%n ließen sich nicht ablehnen</numerusform>
        </translation>
    </message>
    <message>
        <source>Noted: it wasn&apos;t you. Change your password, and tell {support}.</source>
        <translation>Vermerkt: Das waren nicht Sie. Ändern Sie Ihr Passwort, und informieren Sie {support}.</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>_Address</name>
    <message>
        <source>That isn&apos;t a proxy&apos;s address. What was set before stays in force.</source>
        <translation>Das ist keine Proxy-Adresse. Es gilt weiter, was vorher eingestellt war.</translation>
    </message>
    <message>
        <source>Leave the name and password out: they can&apos;t be kept safely.</source>
        <translation>Lassen Sie Namen und Passwort weg: Sie lassen sich nicht sicher aufbewahren.</translation>
    </message>
</context>
<context>
    <name>_Keys</name>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
</context>
<context>
    <name>_Past</name>
    <message>
        <source>{account} gave no details.</source>
        <translation>{account} hat nichts Näheres angegeben.</translation>
    </message>
</context>
<context>
    <name>_SavedAddress</name>
    <message>
        <source>Couldn&apos;t save the address.</source>
        <translation>Die Adresse ließ sich nicht speichern.</translation>
    </message>
    <message>
        <source>Couldn&apos;t save. The address is still {address}.</source>
        <translation>Nicht gespeichert. Die Adresse ist weiterhin {address}.</translation>
    </message>
</context>
</TS>
