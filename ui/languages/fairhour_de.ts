<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>CommentField</name>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>Diese Woche</translation>
    </message>
    <message>
        <source>Protected {time}</source>
        <translation>Geschützt {time}</translation>
    </message>
    <message>
        <source>{time} not protected: why?</source>
        <translation>{time} nicht geschützt: warum?</translation>
    </message>
    <message>
        <source>Job: Ready</source>
        <translation>Auftrag: Bereit</translation>
    </message>
    <message>
        <source>The client&apos;s automatic payment can be made.</source>
        <translation>Die automatische Zahlung des Auftraggebers kann ausgeführt werden.</translation>
    </message>
    <message>
        <source>Job: Not Ready. {reason} What you record now is not protected.</source>
        <translation>Auftrag: Nicht bereit. {reason} Was Sie jetzt aufzeichnen, ist nicht geschützt.</translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message>
        <source>Running time</source>
        <translation>Laufende Zeit</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>What are you working on?</source>
        <translation>Woran arbeiten Sie?</translation>
    </message>
    <message>
        <source>What are you working on? Your client sees this.</source>
        <translation>Woran arbeiten Sie? Ihr Auftraggeber sieht das.</translation>
    </message>
    <message>
        <source>Comment for this screenshot and the next ones. Your client sees it.</source>
        <translation>Kommentar zu diesem und den nächsten Bildschirmfotos. Ihr Auftraggeber sieht ihn.</translation>
    </message>
    <message>
        <source>Your jobs appear here after you sign in.</source>
        <translation>Ihre Aufträge erscheinen hier, sobald Sie angemeldet sind.</translation>
    </message>
    <message>
        <source>Signing in. Your jobs appear here in a moment.</source>
        <translation>Sie werden angemeldet. Ihre Aufträge erscheinen gleich hier.</translation>
    </message>
    <message>
        <source>No hourly jobs yet. When a client hires you by the hour, the job appears here.</source>
        <translation>Noch keine Aufträge auf Stundenbasis. Sobald Sie ein Auftraggeber auf Stundenbasis beauftragt, erscheint der Auftrag hier.</translation>
    </message>
    <message>
        <source>Nothing is recorded while stopped</source>
        <translation>Nichts wird aufgezeichnet</translation>
    </message>
    <message>
        <source>Nothing is recorded while paused</source>
        <translation>Nichts wird aufgezeichnet</translation>
    </message>
    <message>
        <source>Started {time}</source>
        <translation>Begonnen {time}</translation>
    </message>
    <message>
        <source>{started}, without screenshots</source>
        <translation>{started}, ohne Bildschirmfotos</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>no job</source>
        <translation>kein Auftrag</translation>
    </message>
</context>
<context>
    <name>NoticeDesk</name>
    <message>
        <source>Leaves this computer at {until}.</source>
        <translation>Verlässt diesen Computer um {until}.</translation>
    </message>
    <message>
        <source>Screenshot of {at}</source>
        <translation>Bildschirmfoto von {at}</translation>
    </message>
</context>
<context>
    <name>PrivacyRow</name>
    <message>
        <source>Now is private:</source>
        <translation>Jetzt ist privat:</translation>
    </message>
    <message>
        <source>Other hours…</source>
        <translation>Weitere Stunden …</translation>
    </message>
    <message>
        <source>Time that you type in, with a note</source>
        <translation>Zeit, die Sie selbst eintragen, mit einer Notiz</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} min</translation>
    </message>
</context>
<context>
    <name>ReminderWindow</name>
    <message>
        <source>You are active, but nothing is recorded</source>
        <translation>Sie sind aktiv, aber es wird nichts aufgezeichnet</translation>
    </message>
    <message>
        <source>“{job}” is stopped.</source>
        <translation>„{job}“ ist gestoppt.</translation>
    </message>
    <message>
        <source>“{job}” is paused.</source>
        <translation>„{job}“ ist pausiert.</translation>
    </message>
    <message>
        <source>Start recording</source>
        <translation>Aufzeichnung starten</translation>
    </message>
    <message>
        <source>Resume recording</source>
        <translation>Aufzeichnung fortsetzen</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Start and stop are in Fairhour&apos;s window and tray menu.</source>
        <translation>Starten und Stoppen können Sie in Fairhours Fenster und im Menü des Symbols.</translation>
    </message>
</context>
<context>
    <name>ShotAction</name>
    <message>
        <source>Last screenshot</source>
        <translation>Letztes Bildschirmfoto</translation>
    </message>
    <message>
        <source>Last screenshot, {at}</source>
        <translation>Letztes Bildschirmfoto, {at}</translation>
    </message>
    <message>
        <source>No comment yet</source>
        <translation>Noch kein Kommentar</translation>
    </message>
</context>
<context>
    <name>ShotNotice</name>
    <message>
        <source>Comment on this screenshot</source>
        <translation>Kommentar zu diesem Bildschirmfoto</translation>
    </message>
    <message>
        <source>Comment? Your client sees it.</source>
        <translation>Kommentar? Ihr Auftraggeber sieht ihn.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Screenshot of {at}</source>
        <translation>Bildschirmfoto von {at}</translation>
    </message>
    <message>
        <source>It is erased everywhere, and {time} of recorded time go with it. This can&apos;t be undone.</source>
        <translation>Es wird überall gelöscht, und {time} aufgezeichnete Zeit gehen damit verloren. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>It leaves this computer at {until}.</source>
        <translation>Es verlässt diesen Computer um {until}.</translation>
    </message>
    <message>
        <source>Comment on it or delete it in Fairhour&apos;s window or tray menu.</source>
        <translation>Kommentieren oder löschen Sie es in Fairhours Fenster oder im Menü des Symbols.</translation>
    </message>
</context>
<context>
    <name>ShotPanel</name>
    <message>
        <source>Open at full size</source>
        <translation>In voller Größe öffnen</translation>
    </message>
    <message>
        <source>Comment on this screenshot</source>
        <translation>Kommentar zu diesem Bildschirmfoto</translation>
    </message>
    <message>
        <source>Last screenshot</source>
        <translation>Letztes Bildschirmfoto</translation>
    </message>
    <message>
        <source>Slot of {at}</source>
        <translation>Zeitfenster {at}</translation>
    </message>
</context>
<context>
    <name>SignInPanel</name>
    <message>
        <source>Address of the marketplace</source>
        <translation>Adresse des Marktplatzes</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Sign in with the browser</source>
        <translation>Im Browser anmelden</translation>
    </message>
    <message>
        <source>Waiting for your browser</source>
        <translation>Warten auf Ihren Browser</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Looking for the marketplace…</source>
        <translation>Der Marktplatz wird gesucht …</translation>
    </message>
    <message>
        <source>Sign in there and allow Fairhour on this computer. This window follows by itself.</source>
        <translation>Melden Sie sich dort an und erlauben Sie Fairhour auf diesem Computer. Dieses Fenster zieht von selbst nach.</translation>
    </message>
    <message>
        <source>Your browser opens, and you sign in there: Fairhour never sees your password.</source>
        <translation>Ihr Browser öffnet sich, und Sie melden sich dort an: Fairhour sieht Ihr Passwort nie.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Today&apos;s slots, five to the hour</source>
        <translation>Die Zeitfenster von heute, fünf je Stunde</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Fairhour</source>
        <translation>Fairhour</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>What are you working on…</source>
        <translation>Woran arbeiten Sie …</translation>
    </message>
    <message>
        <source>Open Fairhour</source>
        <translation>Fairhour öffnen</translation>
    </message>
    <message>
        <source>Open Work View in the browser</source>
        <translation>Work View im Browser öffnen</translation>
    </message>
    <message>
        <source>Other hours…</source>
        <translation>Weitere Stunden …</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Anmelden …</translation>
    </message>
    <message>
        <source>Sign out…</source>
        <translation>Abmelden …</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>First steps…</source>
        <translation>Erste Schritte …</translation>
    </message>
    <message>
        <source>Quit Fairhour</source>
        <translation>Fairhour beenden</translation>
    </message>
    <message>
        <source>{job}. {state}</source>
        <translation>{job}. {state}</translation>
    </message>
    <message>
        <source>{state}: {job}, {time}</source>
        <translation>{state}: {job}, {time}</translation>
    </message>
    <message>
        <source>Job Not Ready: {reason}</source>
        <translation>Auftrag nicht bereit: {reason}</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Previous</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Fit into the window</source>
        <translation>In das Fenster einpassen</translation>
    </message>
    <message>
        <source>Show at its actual size</source>
        <translation>In Originalgröße zeigen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Comment on this screenshot</source>
        <translation>Kommentar zu diesem Bildschirmfoto</translation>
    </message>
    <message>
        <source>Ask for assistance…</source>
        <translation>Um Hilfe bitten …</translation>
    </message>
    <message>
        <source>Open on the marketplace</source>
        <translation>Auf dem Marktplatz öffnen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>{what} - Fairhour</source>
        <translation>{what} – Fairhour</translation>
    </message>
    <message>
        <source>Reading the picture…</source>
        <translation>Das Bild wird gelesen …</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
</context>
<context>
    <name>WeekBars</name>
    <message>
        <source>Time by day</source>
        <translation>Zeit je Tag</translation>
    </message>
    <message>
        <source>{day} ({time} above the authorized hours)</source>
        <translation>{day} ({time} über den genehmigten Stunden)</translation>
    </message>
</context>
<context>
    <name>WeekGauge</name>
    <message>
        <source>Time against the authorized hours</source>
        <translation>Zeit gemessen an den genehmigten Stunden</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Refused…</source>
        <translation>Nicht angenommen …</translation>
    </message>
    <message>
        <source>Shows what the marketplace refused, and what can be done with it</source>
        <translation>Zeigt, was der Marktplatz nicht angenommen hat und was Sie damit tun können</translation>
    </message>
    <message>
        <source>Work View in the browser</source>
        <translation>Work View im Browser</translation>
    </message>
    <message>
        <source>Sign out…</source>
        <translation>Abmelden …</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Nothing recorded today. Press Start: each 12 minutes then get one screenshot, shown here first.</source>
        <translation>Heute wurde noch nichts aufgezeichnet. Klicken Sie auf „Starten“: Dann gibt es alle 12 Minuten ein Bildschirmfoto, das Sie hier zuerst sehen.</translation>
    </message>
    <message>
        <source>No tray on this desktop</source>
        <translation>Kein Infobereich auf diesem Desktop</translation>
    </message>
    <message>
        <source>This window is the whole program. Closing it quits Fairhour; minimise it to go on recording.</source>
        <translation>Dieses Fenster ist das ganze Programm. Wenn Sie es schließen, wird Fairhour beendet; minimieren Sie es, um weiter aufzuzeichnen.</translation>
    </message>
</context>
<context>
    <name>browser</name>
    <message>
        <source>You can close this page and go back to Fairhour.</source>
        <translation>Sie können diese Seite schließen und zu Fairhour zurückkehren.</translation>
    </message>
    <message>
        <source>Close this page and press “Sign in with the browser” in Fairhour again.</source>
        <translation>Schließen Sie diese Seite und klicken Sie in Fairhour noch einmal auf „Im Browser anmelden“.</translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation>Sie sind angemeldet</translation>
    </message>
    <message>
        <source>Nothing was allowed</source>
        <translation>Es wurde nichts erlaubt</translation>
    </message>
    <message>
        <source>The sign-in was not completed</source>
        <translation>Die Anmeldung wurde nicht abgeschlossen</translation>
    </message>
    <message>
        <source>This page belongs to no sign-in</source>
        <translation>Diese Seite gehört zu keiner Anmeldung</translation>
    </message>
    <message>
        <source>Fairhour waits for another one, or for none. Nothing was changed.</source>
        <translation>Fairhour wartet auf eine andere oder auf keine. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>en</source>
        <comment>the code of the language into which this is translated</comment>
        <translation>de</translation>
    </message>
</context>
<context>
    <name>cli</name>
    <message>
        <source>Usage:</source>
        <translation>Aufruf:</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>show this text and end</source>
        <translation>diesen Text zeigen und enden</translation>
    </message>
    <message>
        <source>Not understood: {detail}</source>
        <translation>Nicht verstanden: {detail}</translation>
    </message>
    <message>
        <source>Fairhour, on the command line.</source>
        <translation>Fairhour auf der Befehlszeile.</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>COMMAND</source>
        <translation>BEFEHL</translation>
    </message>
    <message>
        <source>print the tracker&apos;s answer as JSON</source>
        <translation>die Antwort der Zeiterfassung als JSON ausgeben</translation>
    </message>
    <message>
        <source>What it is told</source>
        <translation>Was ihm mitgegeben wird</translation>
    </message>
    <message>
        <source>the job&apos;s id, or a part of its title</source>
        <translation>die Kennung des Auftrags oder ein Teil seines Titels</translation>
    </message>
    <message>
        <source>where to save the file, if not here</source>
        <translation>wo die Datei gespeichert wird, wenn nicht hier</translation>
    </message>
    <message>
        <source>how long, in minutes</source>
        <translation>wie lange, in Minuten</translation>
    </message>
    <message>
        <source>what you are working on</source>
        <translation>woran Sie arbeiten</translation>
    </message>
    <message>
        <source>the marketplace&apos;s address</source>
        <translation>die Adresse des Marktplatzes</translation>
    </message>
    <message>
        <source>where there is no keyring, keep the sign-in in a file for you alone</source>
        <translation>wo es keinen Schlüsselbund gibt, die Anmeldung in einer Datei nur für Sie aufbewahren</translation>
    </message>
    <message>
        <source>add Other hours to a week</source>
        <translation>Weitere Stunden zu einer Woche hinzufügen</translation>
    </message>
    <message>
        <source>a day of the work week in New York, as 2026-11-20</source>
        <translation>ein Tag der Arbeitswoche in New York, etwa 2026-11-20</translation>
    </message>
    <message>
        <source>how long, as 1:30 or 1h30m</source>
        <translation>wie lange, etwa 1:30 oder 1h30m</translation>
    </message>
    <message>
        <source>what you did: your client reads it</source>
        <translation>was Sie getan haben: Ihr Auftraggeber liest es</translation>
    </message>
    <message>
        <source>what is being recorded, and what waits to be sent</source>
        <translation>was aufgezeichnet wird und was noch zu senden ist</translation>
    </message>
    <message>
        <source>start recording a job (its id, or a part of its title)</source>
        <translation>einen Auftrag aufzeichnen (seine Kennung oder ein Teil seines Titels)</translation>
    </message>
    <message>
        <source>stop recording</source>
        <translation>die Aufzeichnung stoppen</translation>
    </message>
    <message>
        <source>stop what is recorded, else start or go on: a command for keys of your desktop</source>
        <translation>stoppen, was aufgezeichnet wird, sonst starten oder fortsetzen: ein Befehl für Tasten Ihres Desktops</translation>
    </message>
    <message>
        <source>pause for something private, without a screenshot</source>
        <translation>für etwas Privates pausieren, ohne Bildschirmfoto</translation>
    </message>
    <message>
        <source>write what you are working on</source>
        <translation>festhalten, woran Sie arbeiten</translation>
    </message>
    <message>
        <source>the work week of each job: its days, and what is protected</source>
        <translation>die Arbeitswoche jedes Auftrags: ihre Tage und was geschützt ist</translation>
    </message>
    <message>
        <source>the Other hours of the open weeks, and adding some</source>
        <translation>die Weiteren Stunden der offenen Wochen, und welche hinzufügen</translation>
    </message>
    <message>
        <source>save everything that is stored about you on this computer as one zip file</source>
        <translation>alles, was auf diesem Computer über Sie gespeichert ist, als eine ZIP-Datei speichern</translation>
    </message>
    <message>
        <source>save what support needs, without screenshots, comments or titles</source>
        <translation>speichern, was der Support braucht, ohne Bildschirmfotos, Kommentare oder Titel</translation>
    </message>
    <message>
        <source>sign in with the browser</source>
        <translation>im Browser anmelden</translation>
    </message>
    <message>
        <source>sign out on this computer</source>
        <translation>auf diesem Computer abmelden</translation>
    </message>
    <message>
        <source>show the window</source>
        <translation>das Fenster zeigen</translation>
    </message>
    <message>
        <source>stop recording and end Fairhour</source>
        <translation>die Aufzeichnung stoppen und Fairhour beenden</translation>
    </message>
    <message>
        <source>which parts of this computer are used, what is missing, and how to get it</source>
        <translation>welche Teile dieses Computers genutzt werden, was fehlt und wie es zu bekommen ist</translation>
    </message>
    <message>
        <source>Nothing was refused.</source>
        <translation>Es gibt nichts, was nicht angenommen wurde.</translation>
    </message>
    <message>
        <source>Recording.</source>
        <translation>Aufzeichnung läuft.</translation>
    </message>
    <message>
        <source>Paused for something private.</source>
        <translation>Pausiert für etwas Privates.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Gestoppt.</translation>
    </message>
    <message>
        <source>Noted.</source>
        <translation>Notiert.</translation>
    </message>
    <message>
        <source>Signed in at {server}.</source>
        <translation>Angemeldet bei {server}.</translation>
    </message>
    <message>
        <source>Signed out. What is recorded is kept on this computer.</source>
        <translation>Abgemeldet. Was aufgezeichnet ist, bleibt auf diesem Computer erhalten.</translation>
    </message>
    <message>
        <source>Shown.</source>
        <translation>Wird gezeigt.</translation>
    </message>
    <message>
        <source>Ended.</source>
        <translation>Beendet.</translation>
    </message>
    <message>
        <source>Today {today}, this week {week}</source>
        <translation>Heute {today}, diese Woche {week}</translation>
    </message>
    <message>
        <source>{state}: {job}</source>
        <translation>{state}: {job}</translation>
    </message>
    <message>
        <source>Waits to be sent: {what}</source>
        <translation>Noch zu senden: {what}</translation>
    </message>
    <message>
        <source>Nothing waits to be sent</source>
        <translation>Es ist nichts mehr zu senden</translation>
    </message>
    <message>
        <source>The oldest of it is {time} old</source>
        <translation>Das Älteste davon wartet seit {time}</translation>
    </message>
    <message>
        <source>Screenshots that wait on this computer are encrypted</source>
        <translation>Bildschirmfotos, die auf diesem Computer warten, sind verschlüsselt</translation>
    </message>
    <message>
        <source>Screenshots are not encrypted on this computer until the keyring is unlocked</source>
        <translation>Bildschirmfotos sind auf diesem Computer nicht verschlüsselt, bis der Schlüsselbund entsperrt ist</translation>
    </message>
    <message>
        <source>Screenshots that wait on this computer are not encrypted: there is no keyring for the key</source>
        <translation>Bildschirmfotos, die auf diesem Computer warten, sind nicht verschlüsselt: Es gibt keinen Schlüsselbund für den Schlüssel</translation>
    </message>
    <message>
        <source>screenshot</source>
        <translation>Bildschirmfoto</translation>
    </message>
    <message>
        <source>Sign in with your browser. If none opens, copy this address into one:</source>
        <translation>Melden Sie sich im Browser an. Wenn sich keiner öffnet, kopieren Sie diese Adresse in einen:</translation>
    </message>
    <message>
        <source>Fairhour is running already; its window was brought to the front.</source>
        <translation>Fairhour läuft bereits; sein Fenster wurde nach vorn geholt.</translation>
    </message>
    <message>
        <source>Fairhour, in the tray.</source>
        <translation>Fairhour im Infobereich.</translation>
    </message>
    <message>
        <source>show the icon only, not the window</source>
        <translation>nur das Symbol zeigen, nicht das Fenster</translation>
    </message>
    <message>
        <source>show the icon, say how long it took, and quit</source>
        <translation>das Symbol zeigen, die dafür nötige Zeit nennen und enden</translation>
    </message>
    <message>
        <source>Cancelled: nothing was written.</source>
        <translation>Abgebrochen: Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation>Gespeichert: {file}</translation>
    </message>
    <message>
        <source>No jobs are known yet.</source>
        <translation>Noch keine Aufträge bekannt.</translation>
    </message>
    <message>
        <source>{client}: {title}, {time} of {authorized} authorized</source>
        <translation>{client}: {title}, {time} von {authorized} genehmigt</translation>
    </message>
    <message>
        <source>Protected: {time}</source>
        <translation>Geschützt: {time}</translation>
    </message>
    <message>
        <source>Not protected: {time}, {why}</source>
        <translation>Nicht geschützt: {time}, {why}</translation>
    </message>
    <message>
        <source>Added: {time}, {job}, {week}.</source>
        <translation>Hinzugefügt: {time}, {job}, {week}.</translation>
    </message>
    <message>
        <source>no Other hours</source>
        <translation>keine Weiteren Stunden</translation>
    </message>
</context>
<context>
    <name>coming_back</name>
    <message>
        <source>Add the time away as Other hours…</source>
        <translation>Die Zeit der Abwesenheit als Weitere Stunden eintragen …</translation>
    </message>
    <message>
        <source>What was it? Your client sees this.</source>
        <translation>Was war es? Ihr Auftraggeber sieht das.</translation>
    </message>
    <message>
        <source>Note for the Other hours</source>
        <translation>Notiz zu den Weiteren Stunden</translation>
    </message>
    <message>
        <source>Add {time} as Other hours</source>
        <translation>{time} als Weitere Stunden eintragen</translation>
    </message>
    <message>
        <source>Resume recording</source>
        <translation>Aufzeichnung fortsetzen</translation>
    </message>
    <message>
        <source>Stay paused</source>
        <translation>Pause beibehalten</translation>
    </message>
    <message>
        <source>{time} were entered as Other hours. Nothing is recorded until you resume.</source>
        <translation>{time} wurden als Weitere Stunden eingetragen. Bis Sie fortsetzen, wird nichts aufgezeichnet.</translation>
    </message>
    <message>
        <source>Other hours are for work without recording, such as a call. They are never protected.</source>
        <translation>Weitere Stunden sind für Arbeit ohne Aufzeichnung, etwa ein Gespräch. Sie sind nie geschützt.</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>A new work week began meanwhile: {parts} are entered apart.</source>
        <translation>Inzwischen begann eine neue Arbeitswoche: {parts} werden getrennt eingetragen.</translation>
    </message>
    <message>
        <source>Paused: no input</source>
        <translation>Pause: keine Eingabe</translation>
    </message>
    <message>
        <source>Paused: the screen was locked</source>
        <translation>Pause: Der Bildschirm war gesperrt</translation>
    </message>
    <message>
        <source>Paused: the computer slept</source>
        <translation>Pause: Der Computer war im Ruhezustand</translation>
    </message>
    <message>
        <source>Recording was interrupted</source>
        <translation>Die Aufzeichnung wurde unterbrochen</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Paused: the session nearly ended</source>
        <translation>Pause: Die Sitzung war fast zu Ende</translation>
    </message>
    <message>
        <source>The private pause is over</source>
        <translation>Die private Pause ist vorbei</translation>
    </message>
    <message>
        <source>There was no keyboard or mouse input at {start}.</source>
        <translation>Um {start} gab es keine Tastatur- oder Mauseingabe.</translation>
    </message>
    <message>
        <source>The screen was locked for a moment at {start}.</source>
        <translation>Der Bildschirm war um {start} kurz gesperrt.</translation>
    </message>
    <message>
        <source>The computer slept for a moment at {start}. Sleep is never counted.</source>
        <translation>Der Computer war um {start} kurz im Ruhezustand. Ruhezustand wird nie gezählt.</translation>
    </message>
    <message>
        <source>Fairhour was not running for a moment at {start}.</source>
        <translation>Fairhour lief um {start} kurz nicht.</translation>
    </message>
    <message>
        <source>Tracking was paused for a moment at {start}.</source>
        <translation>Die Zeiterfassung pausierte um {start} kurz.</translation>
    </message>
    <message>
        <source>Fairhour was held up for a moment at {start}: the computer slept or was too busy.</source>
        <translation>Fairhour wurde um {start} einen Moment aufgehalten: Der Computer schlief oder war überlastet.</translation>
    </message>
    <message>
        <source>The session nearly ended at {start}, and goes on.</source>
        <translation>Die Sitzung war um {start} fast zu Ende und geht weiter.</translation>
    </message>
    <message>
        <source>You paused for something private at {start}.</source>
        <translation>Sie haben um {start} für etwas Privates pausiert.</translation>
    </message>
    <message>
        <source>There was no keyboard or mouse input from {start} to {end}.</source>
        <translation>Von {start} bis {end} gab es keine Tastatur- oder Mauseingabe.</translation>
    </message>
    <message>
        <source>The screen was locked from {start} to {end}.</source>
        <translation>Der Bildschirm war von {start} bis {end} gesperrt.</translation>
    </message>
    <message>
        <source>The computer slept from {start} to {end}. Sleep is never counted.</source>
        <translation>Der Computer war von {start} bis {end} im Ruhezustand. Ruhezustand wird nie gezählt.</translation>
    </message>
    <message>
        <source>Fairhour was not running from {start} to {end}.</source>
        <translation>Fairhour lief von {start} bis {end} nicht.</translation>
    </message>
    <message>
        <source>Tracking was paused from {start} to {end}.</source>
        <translation>Die Zeiterfassung pausierte von {start} bis {end}.</translation>
    </message>
    <message>
        <source>Fairhour was held up from {start} to {end}: the computer slept or was too busy.</source>
        <translation>Fairhour wurde von {start} bis {end} aufgehalten: Der Computer schlief oder war überlastet.</translation>
    </message>
    <message>
        <source>The session nearly ended at {start}. From then to {end} nothing was recorded.</source>
        <translation>Die Sitzung war um {start} fast zu Ende. Von da an bis {end} wurde nichts aufgezeichnet.</translation>
    </message>
    <message>
        <source>You paused for something private from {start} to {end}.</source>
        <translation>Sie haben von {start} bis {end} für etwas Privates pausiert.</translation>
    </message>
    <message>
        <source>{time} without input came off “{job}”.</source>
        <translation>{time} ohne Eingabe wurden von „{job}“ abgezogen.</translation>
    </message>
    <message>
        <source>What was recorded for “{job}” until {start} is kept.</source>
        <translation>Was bis {start} für „{job}“ aufgezeichnet wurde, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Nothing is recorded until you resume.</source>
        <translation>Es wird nichts aufgezeichnet, bis Sie fortsetzen.</translation>
    </message>
</context>
<context>
    <name>crash</name>
    <message>
        <source>Fairhour: a part of it broke</source>
        <translation>Fairhour: Ein Teil davon ist ausgefallen</translation>
    </message>
    <message>
        <source>A part of Fairhour broke</source>
        <translation>Ein Teil von Fairhour ist ausgefallen</translation>
    </message>
    <message>
        <source>A part of Fairhour broke last time</source>
        <translation>Beim letzten Mal ist ein Teil von Fairhour ausgefallen</translation>
    </message>
    <message>
        <source>What was recorded until then is kept. This report says where it happened: send it to support, so that it can be put right. It holds no screenshots, comments or titles.</source>
        <translation>Was bis dahin aufgezeichnet wurde, bleibt erhalten. Dieser Bericht sagt, wo es geschah: Senden Sie ihn an den Support, damit es behoben werden kann. Er enthält keine Bildschirmfotos, Kommentare oder Titel.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>dialogs</name>
    <message>
        <source>Stop recording and quit?</source>
        <translation>Aufzeichnung stoppen und Fairhour beenden?</translation>
    </message>
    <message>
        <source>Stop recording and quit</source>
        <translation>Stoppen und beenden</translation>
    </message>
    <message>
        <source>Keep recording</source>
        <translation>Weiter aufzeichnen</translation>
    </message>
    <message>
        <source>Recording of “{job}” stops. The time up to now is kept.</source>
        <translation>Die Aufzeichnung von „{job}“ wird gestoppt. Die Zeit bis jetzt bleibt erhalten.</translation>
    </message>
    <message>
        <source>Not sent yet: {what}. It is sent when Fairhour starts again.</source>
        <translation>Noch nicht gesendet: {what}. Das wird beim nächsten Start von Fairhour gesendet.</translation>
    </message>
    <message>
        <source>The screenshot is erased everywhere, and {time} of recorded time go with it. Your client sees that a screenshot was deleted, not what it showed. This can&apos;t be undone.</source>
        <translation>Das Bildschirmfoto wird überall gelöscht, und mit ihm {time} aufgezeichneter Zeit. Ihr Auftraggeber sieht, dass ein Bildschirmfoto gelöscht wurde, nicht was darauf war. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Delete the screenshot of {at}?</source>
        <translation>Bildschirmfoto von {at} löschen?</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Sign out on this computer?</source>
        <translation>Auf diesem Computer abmelden?</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Stay signed in</source>
        <translation>Angemeldet bleiben</translation>
    </message>
    <message>
        <source>You can go on recording. It is kept here and sent after you sign in again.</source>
        <translation>Sie können weiter aufzeichnen. Alles bleibt hier und wird gesendet, sobald Sie sich wieder anmelden.</translation>
    </message>
    <message>
        <source>Not sent yet: {what}.</source>
        <translation>Noch nicht gesendet: {what}.</translation>
    </message>
    <message>
        <source>This computer&apos;s keyring is locked, so the sign-in lasts until Fairhour ends.</source>
        <translation>Der Schlüsselbund dieses Computers ist gesperrt; deshalb gilt die Anmeldung nur, bis Fairhour endet.</translation>
    </message>
    <message>
        <source>This computer has no keyring, so the sign-in lasts until Fairhour ends.</source>
        <translation>Dieser Computer hat keinen Schlüsselbund; deshalb gilt die Anmeldung nur, bis Fairhour endet.</translation>
    </message>
    <message>
        <source>It can be kept in a file that only your account on this computer can read. Whoever gets that file can send and see what you record, until you sign this device out.</source>
        <translation>Sie kann in einer Datei aufbewahrt werden, die nur Ihr Konto auf diesem Computer lesen kann. Wer an diese Datei kommt, kann senden und sehen, was Sie aufzeichnen, bis Sie dieses Gerät abmelden.</translation>
    </message>
    <message>
        <source>Keep the sign-in in a file?</source>
        <translation>Anmeldung in einer Datei aufbewahren?</translation>
    </message>
    <message>
        <source>Keep it in a file</source>
        <translation>In einer Datei aufbewahren</translation>
    </message>
    <message>
        <source>Sign in again next time</source>
        <translation>Nächstes Mal neu anmelden</translation>
    </message>
</context>
<context>
    <name>doctor</name>
    <message>
        <source>Fairhour is running.</source>
        <translation>Fairhour läuft.</translation>
    </message>
    <message>
        <source>Fairhour is not running; started from here it would use this:</source>
        <translation>Fairhour läuft nicht; von hier gestartet würde es dies nutzen:</translation>
    </message>
    <message>
        <source>{part}: {back_end}</source>
        <translation>{part}: {back_end}</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>To install it: {command}</source>
        <translation>So wird es installiert: {command}</translation>
    </message>
    <message>
        <source>Screenshots</source>
        <translation>Bildschirmfotos</translation>
    </message>
    <message>
        <source>Last input</source>
        <translation>Letzte Eingabe</translation>
    </message>
    <message>
        <source>Lock and sleep</source>
        <translation>Sperre und Ruhezustand</translation>
    </message>
    <message>
        <source>Counts of keys and clicks</source>
        <translation>Zählung von Tasten und Klicks</translation>
    </message>
    <message>
        <source>Accessibility</source>
        <translation>Bedienungshilfen</translation>
    </message>
    <message>
        <source>Keyring</source>
        <translation>Schlüsselbund</translation>
    </message>
    <message>
        <source>Tray icon</source>
        <translation>Symbol im Infobereich</translation>
    </message>
    <message>
        <source>this system has one way</source>
        <translation>dieses System hat einen einzigen Weg</translation>
    </message>
    <message>
        <source>this is an X11 desktop, and a picture of it came</source>
        <translation>dies ist ein X11-Desktop, und ein Bild davon kam an</translation>
    </message>
    <message>
        <source>this is a Wayland desktop, and its portal takes screenshots</source>
        <translation>dies ist ein Wayland-Desktop, und sein Portal macht Bildschirmfotos</translation>
    </message>
    <message>
        <source>this is a Wayland desktop whose portal takes no screenshots, and grim is installed</source>
        <translation>dies ist ein Wayland-Desktop, dessen Portal keine Bildschirmfotos macht, und grim ist installiert</translation>
    </message>
    <message>
        <source>this is an X11 desktop, and its idle counter answers</source>
        <translation>dies ist ein X11-Desktop, und sein Leerlaufzähler antwortet</translation>
    </message>
    <message>
        <source>this is a Wayland desktop, and GNOME&apos;s idle monitor answers</source>
        <translation>dies ist ein Wayland-Desktop, und GNOMEs Leerlaufanzeige antwortet</translation>
    </message>
    <message>
        <source>this is a Wayland desktop that tells when nothing is touched</source>
        <translation>dies ist ein Wayland-Desktop, der meldet, wenn nichts berührt wird</translation>
    </message>
    <message>
        <source>this is a Wayland desktop that tells when nothing is touched, in KDE&apos;s older way</source>
        <translation>dies ist ein Wayland-Desktop, der auf KDEs ältere Weise meldet, wenn nichts berührt wird</translation>
    </message>
    <message>
        <source>these tell when the screen is locked and the machine sleeps</source>
        <translation>diese melden, wann der Bildschirm gesperrt wird und der Computer in den Ruhezustand geht</translation>
    </message>
    <message>
        <source>it is installed, and counts only where job and freelancer both switch it on</source>
        <translation>es ist installiert und zählt nur, wo Auftrag und Freelancer es beide einschalten</translation>
    </message>
    <message>
        <source>it is switched on; only the counts of keys and clicks need it</source>
        <translation>sie sind eingeschaltet; nur das Zählen von Tasten und Klicks braucht sie</translation>
    </message>
    <message>
        <source>the best of those that this computer has</source>
        <translation>der beste von denen, die dieser Computer hat</translation>
    </message>
    <message>
        <source>the desktop shows icons this way</source>
        <translation>der Desktop zeigt Symbole auf diese Weise</translation>
    </message>
</context>
<context>
    <name>first_start</name>
    <message>
        <source>Fairhour: first steps</source>
        <translation>Fairhour: Erste Schritte</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>The picture that Fairhour can take now</source>
        <translation>Das Bild, das Fairhour jetzt machen kann</translation>
    </message>
    <message>
        <source>Take a test picture</source>
        <translation>Probebild machen</translation>
    </message>
    <message>
        <source>Open Screen Recording settings</source>
        <translation>Einstellungen zur Bildschirmaufnahme öffnen</translation>
    </message>
    <message>
        <source>Open Accessibility settings</source>
        <translation>Einstellungen zu Bedienungshilfen öffnen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Welcome to Fairhour</source>
        <translation>Willkommen bei Fairhour</translation>
    </message>
    <message>
        <source>Your marketplace</source>
        <translation>Ihr Marktplatz</translation>
    </message>
    <message>
        <source>What Fairhour can see</source>
        <translation>Was Fairhour sehen kann</translation>
    </message>
    <message>
        <source>The time between Start and Stop, to the second.</source>
        <translation>Die Zeit zwischen Start und Stopp, auf die Sekunde.</translation>
    </message>
    <message>
        <source>With Work View one picture of your screens in each 12 minutes, at a random moment. It stays on this computer for a while first, and you can delete it.</source>
        <translation>Mit Work View ein Bild Ihrer Bildschirme in je 12 Minuten, zu einem zufälligen Zeitpunkt. Es bleibt zunächst eine Weile auf diesem Computer, und Sie können es löschen.</translation>
    </message>
    <message>
        <source>In how many seconds there was input. How many keys and clicks only where you switch that on.</source>
        <translation>In wie vielen Sekunden es Eingaben gab. Wie viele Tasten und Klicks nur, wo Sie das einschalten.</translation>
    </message>
    <message>
        <source>The comments that you write.</source>
        <translation>Die Kommentare, die Sie schreiben.</translation>
    </message>
    <message>
        <source>Which keys you press, what you type or copy.</source>
        <translation>Welche Tasten Sie drücken, was Sie schreiben oder kopieren.</translation>
    </message>
    <message>
        <source>Sound, camera, files, or where you are.</source>
        <translation>Ton, Kamera, Dateien oder wo Sie sind.</translation>
    </message>
    <message>
        <source>Anything at all while it is stopped or paused.</source>
        <translation>Irgendetwas, solange es gestoppt oder pausiert ist.</translation>
    </message>
    <message>
        <source>It records your work when you start it, and never by itself.</source>
        <translation>Es zeichnet Ihre Arbeit auf, wenn Sie es starten, und nie von selbst.</translation>
    </message>
    <message>
        <source>What is recorded</source>
        <translation>Was aufgezeichnet wird</translation>
    </message>
    <message>
        <source>What never is</source>
        <translation>Was nie aufgezeichnet wird</translation>
    </message>
    <message>
        <source>This is what a screenshot would show now, with what you have hidden. It is only shown here: nothing of it is kept or sent.</source>
        <translation>Das würde ein Bildschirmfoto jetzt zeigen, mit dem, was Sie verdeckt haben. Es wird nur hier gezeigt: Nichts davon wird aufbewahrt oder gesendet.</translation>
    </message>
    <message>
        <source>Accessibility is needed only where keys and clicks are counted.</source>
        <translation>Bedienungshilfen werden nur gebraucht, wo Tasten und Klicks gezählt werden.</translation>
    </message>
    <message>
        <source>Accessibility is switched on: keys and clicks can be counted where you want it.</source>
        <translation>Die Bedienungshilfen sind eingeschaltet: Tasten und Klicks können gezählt werden, wo Sie das möchten.</translation>
    </message>
    <message>
        <source>Accessibility is switched off. You need it only if you want keys and clicks counted: then open its settings and switch Fairhour on. Everything else works without.</source>
        <translation>Die Bedienungshilfen sind ausgeschaltet. Sie brauchen sie nur, wenn Tasten und Klicks gezählt werden sollen: Öffnen Sie dann ihre Einstellungen, und schalten Sie Fairhour ein. Alles andere geht ohne sie.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{n} von {all}</translation>
    </message>
    <message>
        <source>You are signed in as {person}.</source>
        <translation>Sie sind als {person} angemeldet.</translation>
    </message>
    <message>
        <source>Press “Take a test picture”. If your desktop asks whether Fairhour may, allow it.</source>
        <translation>Drücken Sie „Probebild machen“. Wenn Ihr Desktop fragt, ob Fairhour das darf, erlauben Sie es.</translation>
    </message>
    <message>
        <source>Taking a picture…</source>
        <translation>Ein Bild wird gemacht …</translation>
    </message>
    <message>
        <source>The picture has one colour only: the screen is off or locked, or hidden from Fairhour. Such a screenshot protects no time. Check that the screen is on, and take another.</source>
        <translation>Das Bild hat nur eine Farbe: Der Bildschirm ist aus oder gesperrt oder vor Fairhour verborgen. Ein solches Bildschirmfoto schützt keine Zeit. Prüfen Sie, ob der Bildschirm an ist, und machen Sie ein neues.</translation>
    </message>
    <message>
        <source>It works: this is what your client would see.</source>
        <translation>Es funktioniert: Das würde Ihr Auftraggeber sehen.</translation>
    </message>
</context>
<context>
    <name>hidden</name>
    <message>
        <source>Fairhour: what is hidden</source>
        <translation>Fairhour: Was verdeckt wird</translation>
    </message>
    <message>
        <source>What is hidden</source>
        <translation>Was verdeckt wird</translation>
    </message>
    <message>
        <source>Show again</source>
        <translation>Wieder zeigen</translation>
    </message>
    <message>
        <source>Hide windows</source>
        <translation>Fenster verdecken</translation>
    </message>
    <message>
        <source>Hide area</source>
        <translation>Bereich verdecken</translation>
    </message>
    <message>
        <source>Blur the whole picture, so that nothing can be read</source>
        <translation>Das ganze Bild unscharf machen, sodass nichts zu lesen ist</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Neu ansehen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>What is hidden in screenshots</source>
        <translation>Was in Bildschirmfotos verdeckt wird</translation>
    </message>
    <message>
        <source>It is painted over on this computer before a screenshot is kept. Your client sees how many areas are hidden, never what was there.</source>
        <translation>Es wird auf diesem Computer übermalt, bevor ein Bildschirmfoto aufbewahrt wird. Ihr Auftraggeber sieht, wie viele Bereiche verdeckt sind, nie was dort war.</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Oben</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Program, for example keepass</source>
        <translation>Programm, z. B. keepass</translation>
    </message>
    <message>
        <source>Words in the title</source>
        <translation>Wörter im Titel</translation>
    </message>
    <message>
        <source>Monitors that are shown</source>
        <translation>Monitore, die gezeigt werden</translation>
    </message>
    <message>
        <source>The screenshot as it would be sent now</source>
        <translation>Das Bildschirmfoto, wie es jetzt gesendet würde</translation>
    </message>
    <message>
        <source>Nothing is hidden. Add it below.</source>
        <translation>Nichts ist verdeckt. Fügen Sie unten etwas hinzu.</translation>
    </message>
    <message>
        <source>As it would be sent now: nothing is hidden. Draw on it to choose an area.</source>
        <translation>So würde es jetzt gesendet: Nichts ist verdeckt. Ziehen Sie im Bild einen Bereich auf, um ihn zu wählen.</translation>
    </message>
    <message>
        <source>As it would be sent now. Your client reads: “{said}”</source>
        <translation>So würde es jetzt gesendet. Ihr Auftraggeber liest: „{said}“</translation>
    </message>
    <message>
        <source>All monitors are shown</source>
        <translation>Alle Monitore werden gezeigt</translation>
    </message>
    <message>
        <source>Only monitor {n} is shown ({width} x {height})</source>
        <translation>Nur Monitor {n} wird gezeigt ({width} x {height})</translation>
    </message>
    <message>
        <source>Area of {width} x {height}, {left} from the left, {top} from the top</source>
        <translation>Bereich von {width} x {height}, {left} von links, {top} von oben</translation>
    </message>
    <message>
        <source>{text} (chosen with other screens)</source>
        <translation>{text} (mit anderen Bildschirmen gewählt)</translation>
    </message>
    <message>
        <source>All monitors but number {n}</source>
        <translation>Alle Monitore außer Nummer {n}</translation>
    </message>
    <message>
        <source>The whole picture, blurred</source>
        <translation>Das ganze Bild, unscharf</translation>
    </message>
    <message>
        <source>Windows of “{program}”</source>
        <translation>Fenster von „{program}“</translation>
    </message>
    <message>
        <source>Windows with “{title}” in the title</source>
        <translation>Fenster mit „{title}“ im Titel</translation>
    </message>
    <message>
        <source>Windows of “{program}” with “{title}” in the title</source>
        <translation>Fenster von „{program}“ mit „{title}“ im Titel</translation>
    </message>
</context>
<context>
    <name>hours</name>
    <message>
        <source>Fairhour: Other hours</source>
        <translation>Fairhour: Weitere Stunden</translation>
    </message>
    <message>
        <source>Other hours</source>
        <translation>Weitere Stunden</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen …</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten …</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>Work week</source>
        <translation>Arbeitswoche</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Entries of the week</source>
        <translation>Einträge der Woche</translation>
    </message>
    <message>
        <source>“{note}” leaves the timesheet. Your client no longer sees it.</source>
        <translation>„{note}“ verschwindet vom Stundenzettel. Ihr Auftraggeber sieht es nicht mehr.</translation>
    </message>
    <message>
        <source>Delete {time} of Other hours?</source>
        <translation>{time} Weiterer Stunden löschen?</translation>
    </message>
    <message>
        <source>Delete {time}</source>
        <translation>{time} löschen</translation>
    </message>
    <message>
        <source>Keep the entry</source>
        <translation>Eintrag behalten</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Nicht angenommen</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>Noch nicht gesendet</translation>
    </message>
    <message>
        <source>On the timesheet</source>
        <translation>Auf dem Stundenzettel</translation>
    </message>
    <message>
        <source>Additional</source>
        <translation>Zusätzlich</translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation>Eingereicht</translation>
    </message>
    <message>
        <source>Time that you type in, with a note. It counts after tracked time and is never protected.</source>
        <translation>Zeit, die Sie selbst eintragen, mit einer Notiz. Sie zählt nach der aufgezeichneten Zeit und ist nie geschützt.</translation>
    </message>
    <message>
        <source>The week was submitted: what you add now goes on the next timesheet.</source>
        <translation>Die Woche ist eingereicht: Was Sie jetzt hinzufügen, steht auf dem nächsten Stundenzettel.</translation>
    </message>
    <message>
        <source>You have no job here yet. Jobs appear a few seconds after you signed in.</source>
        <translation>Sie haben hier noch keinen Auftrag. Aufträge erscheinen einige Sekunden nach der Anmeldung.</translation>
    </message>
    <message>
        <source>No Other hours in this week. What you add is kept here, and sent when the marketplace can be reached.</source>
        <translation>Keine Weiteren Stunden in dieser Woche. Was Sie hinzufügen, bleibt hier erhalten und wird gesendet, sobald der Marktplatz erreichbar ist.</translation>
    </message>
    <message>
        <source>Edit Other hours</source>
        <translation>Weitere Stunden bearbeiten</translation>
    </message>
    <message>
        <source>Add Other hours</source>
        <translation>Weitere Stunden hinzufügen</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Stunden</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Save the entry</source>
        <translation>Eintrag speichern</translation>
    </message>
    <message>
        <source>Add to Other hours</source>
        <translation>Zu den Weiteren Stunden hinzufügen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>What you did</source>
        <translation>Was Sie getan haben</translation>
    </message>
    <message>
        <source>Your client reads it as you write it.</source>
        <translation>Ihr Auftraggeber liest es so, wie Sie es schreiben.</translation>
    </message>
    <message>
        <source>Enter from 1 second up to the {n} hours of the week.</source>
        <translation>Tragen Sie 1 Sekunde bis höchstens die {n} Stunden der Woche ein.</translation>
    </message>
    <message>
        <source>Say what you did: your client reads it.</source>
        <translation>Sagen Sie, was Sie getan haben: Ihr Auftraggeber liest es.</translation>
    </message>
    <message>
        <source>The note has {n} characters; {most} are allowed.</source>
        <translation>Die Notiz hat {n} Zeichen; {most} sind erlaubt.</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>{first} to {last} (ET)</source>
        <translation>{first} bis {last} (ET)</translation>
    </message>
</context>
<context>
    <name>moving</name>
    <message>
        <source>Fairhour: moving the data folder</source>
        <translation>Fairhour: Der Datenordner wird verschoben</translation>
    </message>
    <message>
        <source>Moving the data folder</source>
        <translation>Der Datenordner wird verschoben</translation>
    </message>
    <message>
        <source>Moving your data</source>
        <translation>Ihre Daten werden verschoben</translation>
    </message>
    <message>
        <source>It goes to {folder}. Fairhour starts again by itself.</source>
        <translation>Sie kommen nach {folder}. Fairhour startet von selbst neu.</translation>
    </message>
    <message>
        <source>Start Fairhour again</source>
        <translation>Fairhour neu starten</translation>
    </message>
    <message>
        <source>{n} % done</source>
        <translation>{n} % fertig</translation>
    </message>
</context>
<context>
    <name>notice</name>
    <message>
        <source>Leaves this computer at {until}</source>
        <translation>Verlässt diesen Computer um {until}</translation>
    </message>
    <message>
        <source>Your client can see it now. It can still be deleted.</source>
        <translation>Ihr Auftraggeber kann es jetzt sehen. Es lässt sich weiterhin löschen.</translation>
    </message>
    <message>
        <source>It is being sent. It can still be deleted.</source>
        <translation>Es wird gesendet. Es lässt sich weiterhin löschen.</translation>
    </message>
</context>
<context>
    <name>problems</name>
    <message>
        <source>Time asleep is never counted, but a locked screen is only noticed as missing input.</source>
        <translation>Ruhezustand wird nie gezählt, aber ein gesperrter Bildschirm fällt nur als fehlende Eingabe auf.</translation>
    </message>
    <message>
        <source>Recording goes on, and what is recorded stays on this computer.</source>
        <translation>Die Aufzeichnung läuft weiter, und was aufgezeichnet ist, bleibt auf diesem Computer.</translation>
    </message>
    <message>
        <source>Clock not understood</source>
        <translation>Uhr nicht verstanden</translation>
    </message>
    <message>
        <source>FAIRHOUR_CLOCK is not a clock: {detail}.</source>
        <translation>FAIRHOUR_CLOCK ist keine Uhr: {detail}.</translation>
    </message>
    <message>
        <source>Remove it and start Fairhour again.</source>
        <translation>Entfernen Sie die Angabe und starten Sie Fairhour neu.</translation>
    </message>
    <message>
        <source>Clock refused</source>
        <translation>Uhr abgelehnt</translation>
    </message>
    <message>
        <source>FAIRHOUR_CLOCK is set, and real work is recorded by real time only.</source>
        <translation>FAIRHOUR_CLOCK ist gesetzt, echte Arbeit wird aber nur nach echter Zeit aufgezeichnet.</translation>
    </message>
    <message>
        <source>Remove it, or set FAIRHOUR_SAMPLE=1 to try the product out.</source>
        <translation>Entfernen Sie die Angabe, oder setzen Sie FAIRHOUR_SAMPLE=1, um das Produkt auszuprobieren.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is off</source>
        <translation>Die Uhr dieses Computers geht falsch</translation>
    </message>
    <message>
        <source>It is {minutes} min ahead of the marketplace&apos;s. Time that has not come there yet is kept and sent later.</source>
        <translation>Sie geht gegenüber der des Marktplatzes {minutes} min vor. Zeit, die dort noch nicht erreicht ist, wird hier aufbewahrt und später gesendet.</translation>
    </message>
    <message>
        <source>It is {hours} h ahead of the marketplace&apos;s. Time that has not come there yet is kept and sent later.</source>
        <translation>Sie geht gegenüber der des Marktplatzes {hours} h vor. Zeit, die dort noch nicht erreicht ist, wird hier aufbewahrt und später gesendet.</translation>
    </message>
    <message>
        <source>It is {minutes} min behind the marketplace&apos;s. What is recorded gets times that are that much too early.</source>
        <translation>Sie geht gegenüber der des Marktplatzes {minutes} min nach. Was aufgezeichnet wird, bekommt um so viel zu frühe Zeiten.</translation>
    </message>
    <message>
        <source>It is {hours} h behind the marketplace&apos;s. What is recorded gets times that are that much too early.</source>
        <translation>Sie geht gegenüber der des Marktplatzes {hours} h nach. Was aufgezeichnet wird, bekommt um so viel zu frühe Zeiten.</translation>
    </message>
    <message>
        <source>Set the date and the time of this computer, best by itself, and start Fairhour again.</source>
        <translation>Stellen Sie Datum und Uhrzeit dieses Computers, am besten automatisch, und starten Sie Fairhour neu.</translation>
    </message>
    <message>
        <source>Comment too long</source>
        <translation>Kommentar zu lang</translation>
    </message>
    <message>
        <source>The comment has {length} characters; {limit} are allowed.</source>
        <translation>Der Kommentar hat {length} Zeichen; {limit} sind erlaubt.</translation>
    </message>
    <message>
        <source>Shorten it.</source>
        <translation>Kürzen Sie ihn.</translation>
    </message>
    <message>
        <source>Folder not safe</source>
        <translation>Ordner nicht sicher</translation>
    </message>
    <message>
        <source>The folder {folder} for Fairhour&apos;s control socket can&apos;t be made, or is open to somebody else.</source>
        <translation>Der Ordner {folder} für die Steuerverbindung von Fairhour lässt sich nicht anlegen oder ist für jemand anderen offen.</translation>
    </message>
    <message>
        <source>Remove that folder, or set FAIRHOUR_HOME to a folder with a shorter path.</source>
        <translation>Entfernen Sie diesen Ordner, oder setzen Sie FAIRHOUR_HOME auf einen Ordner mit kürzerem Pfad.</translation>
    </message>
    <message>
        <source>Control socket not available</source>
        <translation>Steuerverbindung nicht verfügbar</translation>
    </message>
    <message>
        <source>Fairhour can&apos;t listen at {address} ({detail}).</source>
        <translation>Fairhour kann unter {address} keine Befehle annehmen ({detail}).</translation>
    </message>
    <message>
        <source>Check that the data folder can be written, and start Fairhour again.</source>
        <translation>Prüfen Sie, ob in den Datenordner geschrieben werden kann, und starten Sie Fairhour neu.</translation>
    </message>
    <message>
        <source>Keys and clicks can&apos;t be counted</source>
        <translation>Tasten und Klicks lassen sich nicht zählen</translation>
    </message>
    <message>
        <source>The system no longer tells, or does not allow, when keys are pressed.</source>
        <translation>Das System meldet nicht mehr oder erlaubt nicht, dass Tastendrücke gemeldet werden.</translation>
    </message>
    <message>
        <source>Allow Fairhour in the system&apos;s settings for input monitoring, or switch the counts off.</source>
        <translation>Erlauben Sie Fairhour in den Systemeinstellungen die Eingabeüberwachung, oder schalten Sie die Zählung aus.</translation>
    </message>
    <message>
        <source>pynput can&apos;t be used here ({detail}).</source>
        <translation>pynput lässt sich hier nicht nutzen ({detail}).</translation>
    </message>
    <message>
        <source>Install the &apos;counts&apos; extra of Fairhour, or switch the counts off.</source>
        <translation>Installieren Sie Fairhour mit dem Zusatz „counts“, oder schalten Sie die Zählung aus.</translation>
    </message>
    <message>
        <source>Wayland hides the input of other programs.</source>
        <translation>Wayland verbirgt die Eingaben anderer Programme.</translation>
    </message>
    <message>
        <source>Use an X11 session, or switch the counts off.</source>
        <translation>Nutzen Sie eine X11-Sitzung, oder schalten Sie die Zählung aus.</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>Die Festplatte ist voll</translation>
    </message>
    <message>
        <source>Time is still counted, but pauses, comments and screenshots can&apos;t be kept.</source>
        <translation>Die Zeit wird weiter gezählt, aber Pausen, Kommentare und Bildschirmfotos können nicht aufbewahrt werden.</translation>
    </message>
    <message>
        <source>Free some space on the disk.</source>
        <translation>Schaffen Sie Platz auf der Festplatte.</translation>
    </message>
    <message>
        <source>The disk is almost full</source>
        <translation>Die Festplatte ist fast voll</translation>
    </message>
    <message>
        <source>{room} KB are left. Time is recorded as before; screenshots are not kept while there is so little room.</source>
        <translation>Es sind noch {room} KB frei. Die Zeit wird wie bisher aufgezeichnet; Bildschirmfotos werden bei so wenig Platz nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>The copy can&apos;t be written</source>
        <translation>Die Kopie lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>The folder {file} did not take it ({detail}).</source>
        <translation>Der Ordner {file} hat sie nicht angenommen ({detail}).</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Marketplace&apos;s answer not understood</source>
        <translation>Antwort des Marktplatzes nicht verstanden</translation>
    </message>
    <message>
        <source>The answer was not one of Fairhour&apos;s: {detail}. Recording goes on.</source>
        <translation>Die Antwort war keine von Fairhour: {detail}. Die Aufzeichnung läuft weiter.</translation>
    </message>
    <message>
        <source>Check the server&apos;s address; if it is right, this is tried again by itself.</source>
        <translation>Prüfen Sie die Adresse des Servers; wenn sie stimmt, wird es von selbst erneut versucht.</translation>
    </message>
    <message>
        <source>Data folder belongs to somebody else</source>
        <translation>Der Datenordner gehört jemand anderem</translation>
    </message>
    <message>
        <source>The folder {folder} is not yours: what you record there would mix with another person&apos;s work.</source>
        <translation>Der Ordner {folder} gehört nicht Ihnen: Was Sie dort aufzeichnen, würde sich mit der Arbeit einer anderen Person vermischen.</translation>
    </message>
    <message>
        <source>Start Fairhour as the folder&apos;s owner, or set FAIRHOUR_HOME to a folder of your own.</source>
        <translation>Starten Sie Fairhour als Eigentümer des Ordners, oder setzen Sie FAIRHOUR_HOME auf einen eigenen Ordner.</translation>
    </message>
    <message>
        <source>Data folder not usable</source>
        <translation>Datenordner nicht nutzbar</translation>
    </message>
    <message>
        <source>Fairhour can&apos;t keep its record in {folder} ({detail}).</source>
        <translation>Fairhour kann seine Aufzeichnung nicht in {folder} aufbewahren ({detail}).</translation>
    </message>
    <message>
        <source>Make the folder writable, or set FAIRHOUR_HOME to another one, and start Fairhour again.</source>
        <translation>Machen Sie den Ordner beschreibbar, oder setzen Sie FAIRHOUR_HOME auf einen anderen, und starten Sie Fairhour neu.</translation>
    </message>
    <message>
        <source>Marketplace refused the request</source>
        <translation>Der Marktplatz hat die Anfrage abgelehnt</translation>
    </message>
    <message>
        <source>The marketplace, or something on the way there, answered with status {status}.</source>
        <translation>Der Marktplatz oder etwas auf dem Weg dorthin hat mit Status {status} geantwortet.</translation>
    </message>
    <message>
        <source>This is tried again by itself. If it stays so, check the server&apos;s address and this network.</source>
        <translation>Es wird von selbst erneut versucht. Wenn es so bleibt, prüfen Sie die Adresse des Servers und dieses Netzwerk.</translation>
    </message>
    <message>
        <source>The last input is not known</source>
        <translation>Die letzte Eingabe ist nicht bekannt</translation>
    </message>
    <message>
        <source>macOS does not tell when the last input was ({detail}).</source>
        <translation>macOS sagt nicht, wann die letzte Eingabe war ({detail}).</translation>
    </message>
    <message>
        <source>If it keeps happening, run: fairhour doctor</source>
        <translation>Wenn es öfter vorkommt, führen Sie aus: fairhour doctor</translation>
    </message>
    <message>
        <source>GNOME does not tell when the last input was ({detail}).</source>
        <translation>GNOME sagt nicht, wann die letzte Eingabe war ({detail}).</translation>
    </message>
    <message>
        <source>The session bus does not answer ({detail}).</source>
        <translation>Der Sitzungsbus antwortet nicht ({detail}).</translation>
    </message>
    <message>
        <source>The Wayland compositor does not answer ({detail}).</source>
        <translation>Der Wayland-Compositor antwortet nicht ({detail}).</translation>
    </message>
    <message>
        <source>Windows does not tell when the last input was ({detail}).</source>
        <translation>Windows sagt nicht, wann die letzte Eingabe war ({detail}).</translation>
    </message>
    <message>
        <source>The X server {server} does not answer ({detail}).</source>
        <translation>Der X-Server {server} antwortet nicht ({detail}).</translation>
    </message>
    <message>
        <source>Idle time can&apos;t be seen here</source>
        <translation>Fehlende Eingabe lässt sich hier nicht erkennen</translation>
    </message>
    <message>
        <source>There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set.</source>
        <translation>Es gibt keine Anzeige: Weder DISPLAY noch WAYLAND_DISPLAY ist gesetzt.</translation>
    </message>
    <message>
        <source>Start Fairhour from within your desktop session.</source>
        <translation>Starten Sie Fairhour aus Ihrer Desktop-Sitzung.</translation>
    </message>
    <message>
        <source>This Wayland desktop does not tell when the last input was: it has neither GNOME&apos;s idle monitor nor ext-idle-notify.</source>
        <translation>Dieser Wayland-Desktop sagt nicht, wann die letzte Eingabe war: Er hat weder GNOMEs Leerlaufanzeige noch ext-idle-notify.</translation>
    </message>
    <message>
        <source>Stop the tracker yourself when you leave, or use an X11 session.</source>
        <translation>Stoppen Sie die Aufzeichnung selbst, wenn Sie weggehen, oder nutzen Sie eine X11-Sitzung.</translation>
    </message>
    <message>
        <source>The X server {server} lacks {extension}: it is not a whole desktop (Xwayland has none).</source>
        <translation>Dem X-Server {server} fehlt {extension}: Er ist kein ganzer Desktop (Xwayland hat keinen).</translation>
    </message>
    <message>
        <source>The record was damaged</source>
        <translation>Die Aufzeichnung war beschädigt</translation>
    </message>
    <message>
        <source>{kept} entries were recovered from it and {lost} were not; {pictures} screenshots were found again, and {unclaimed} of which nobody knows their time. The damaged file lies here: {file}</source>
        <translation>{kept} Einträge wurden daraus wiederhergestellt, {lost} nicht; {pictures} Bildschirmfotos wurden wiedergefunden, und {unclaimed}, deren Zeit niemand kennt. Die beschädigte Datei liegt hier: {file}</translation>
    </message>
    <message>
        <source>Check your hours of this week. If they are right, remove that file; if not, send it to support.</source>
        <translation>Prüfen Sie Ihre Stunden dieser Woche. Wenn sie stimmen, entfernen Sie diese Datei; wenn nicht, senden Sie sie an den Support.</translation>
    </message>
    <message>
        <source>The record is damaged</source>
        <translation>Die Aufzeichnung ist beschädigt</translation>
    </message>
    <message>
        <source>Something has changed its file ({detail}). Time is still counted, in memory.</source>
        <translation>Etwas hat ihre Datei verändert ({detail}). Die Zeit wird weiter gezählt, im Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>Quit Fairhour and start it again: it then recovers what there is, and says what.</source>
        <translation>Beenden Sie Fairhour und starten Sie es neu: Dann stellt es wieder her, was da ist, und sagt, was.</translation>
    </message>
    <message>
        <source>The record can&apos;t be written</source>
        <translation>Die Aufzeichnung lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>The disk did not take it ({detail}). Time is still counted, and written as soon as the disk takes it.</source>
        <translation>Die Festplatte hat sie nicht angenommen ({detail}). Die Zeit wird weiter gezählt und geschrieben, sobald die Festplatte sie annimmt.</translation>
    </message>
    <message>
        <source>Check the disk; this is tried again by itself.</source>
        <translation>Prüfen Sie die Festplatte; es wird von selbst erneut versucht.</translation>
    </message>
    <message>
        <source>The record belongs to a newer Fairhour</source>
        <translation>Die Aufzeichnung gehört zu einem neueren Fairhour</translation>
    </message>
    <message>
        <source>It can&apos;t be opened with this version: {detail}.</source>
        <translation>Sie lässt sich mit dieser Version nicht öffnen: {detail}.</translation>
    </message>
    <message>
        <source>Install the newest Fairhour; nothing is lost.</source>
        <translation>Installieren Sie das neueste Fairhour; nichts ist verloren.</translation>
    </message>
    <message>
        <source>The record can&apos;t be opened</source>
        <translation>Die Aufzeichnung lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>The file {file} can&apos;t be used ({detail}). Perhaps Fairhour is running already.</source>
        <translation>Die Datei {file} lässt sich nicht nutzen ({detail}). Vielleicht läuft Fairhour bereits.</translation>
    </message>
    <message>
        <source>Close the other Fairhour, or make the folder writable, and start again.</source>
        <translation>Schließen Sie das andere Fairhour, oder machen Sie den Ordner beschreibbar, und starten Sie neu.</translation>
    </message>
    <message>
        <source>Message not understood</source>
        <translation>Nachricht nicht verstanden</translation>
    </message>
    <message>
        <source>It does not fit the protocol: {detail}.</source>
        <translation>Sie passt nicht zum Protokoll: {detail}.</translation>
    </message>
    <message>
        <source>Update Fairhour and send it again.</source>
        <translation>Aktualisieren Sie Fairhour und senden Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>Its text is not UTF-8.</source>
        <translation>Ihr Text ist kein UTF-8.</translation>
    </message>
    <message>
        <source>Its values are nested too deep.</source>
        <translation>Ihre Werte sind zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>Keyring locked</source>
        <translation>Schlüsselbund gesperrt</translation>
    </message>
    <message>
        <source>This computer&apos;s keyring is locked, and the sign-in is inside.</source>
        <translation>Der Schlüsselbund dieses Computers ist gesperrt, und die Anmeldung liegt darin.</translation>
    </message>
    <message>
        <source>Unlock the keyring and start Fairhour again, or wait: it asks again every half hour.</source>
        <translation>Entsperren Sie den Schlüsselbund und starten Sie Fairhour neu, oder warten Sie: Es fragt jede halbe Stunde erneut.</translation>
    </message>
    <message>
        <source>The browser could not be opened</source>
        <translation>Der Browser ließ sich nicht öffnen</translation>
    </message>
    <message>
        <source>This desktop opened no browser for {address}</source>
        <translation>Dieser Desktop hat keinen Browser für {address} geöffnet</translation>
    </message>
    <message>
        <source>Copy the address into a browser.</source>
        <translation>Kopieren Sie die Adresse in einen Browser.</translation>
    </message>
    <message>
        <source>No such job</source>
        <translation>Diesen Auftrag gibt es nicht</translation>
    </message>
    <message>
        <source>The job is not one of yours, as far as this computer knows.</source>
        <translation>Der Auftrag ist keiner von Ihren, soweit dieser Computer weiß.</translation>
    </message>
    <message>
        <source>Choose one of your jobs; a new one appears here within a minute.</source>
        <translation>Wählen Sie einen Ihrer Aufträge; ein neuer erscheint hier binnen einer Minute.</translation>
    </message>
    <message>
        <source>There is no job yet.</source>
        <translation>Es gibt noch keinen Auftrag.</translation>
    </message>
    <message>
        <source>Sign in, and accept a job.</source>
        <translation>Melden Sie sich an, und nehmen Sie einen Auftrag an.</translation>
    </message>
    <message>
        <source>No jobs known yet</source>
        <translation>Noch keine Aufträge bekannt</translation>
    </message>
    <message>
        <source>Your jobs are still being fetched from the marketplace, or you are not signed in.</source>
        <translation>Ihre Aufträge werden noch vom Marktplatz geholt, oder Sie sind nicht angemeldet.</translation>
    </message>
    <message>
        <source>Try again in a moment; sign in when Fairhour&apos;s window asks for it.</source>
        <translation>Versuchen Sie es gleich noch einmal; melden Sie sich an, wenn Fairhours Fenster darum bittet.</translation>
    </message>
    <message>
        <source>No keyring</source>
        <translation>Kein Schlüsselbund</translation>
    </message>
    <message>
        <source>This computer has no keyring that can be used ({detail}): the sign-in lasts until Fairhour ends.</source>
        <translation>Dieser Computer hat keinen nutzbaren Schlüsselbund ({detail}): Die Anmeldung gilt, bis Fairhour endet.</translation>
    </message>
    <message>
        <source>Install a keyring, or sign in with: fairhour sign-in --keep-in-file</source>
        <translation>Installieren Sie einen Schlüsselbund, oder melden Sie sich so an: fairhour sign-in --keep-in-file</translation>
    </message>
    <message>
        <source>No place for the icon</source>
        <translation>Kein Platz für das Symbol</translation>
    </message>
    <message>
        <source>This desktop shows no tray icons, so Fairhour is its window alone.</source>
        <translation>Dieser Desktop zeigt keine Symbole im Infobereich; deshalb ist Fairhour nur sein Fenster.</translation>
    </message>
    <message>
        <source>Switch on or install what shows tray icons on your desktop, or keep Fairhour&apos;s window open.</source>
        <translation>Schalten Sie ein oder installieren Sie, was auf Ihrem Desktop solche Symbole zeigt, oder lassen Sie Fairhours Fenster offen.</translation>
    </message>
    <message>
        <source>Qt could not open a display ({detail}).</source>
        <translation>Qt konnte keine Anzeige öffnen ({detail}).</translation>
    </message>
    <message>
        <source>Fairhour is not running</source>
        <translation>Fairhour läuft nicht</translation>
    </message>
    <message>
        <source>No running tracker answered.</source>
        <translation>Keine laufende Zeiterfassung hat geantwortet.</translation>
    </message>
    <message>
        <source>Start it (fairhour-tracker), then try again.</source>
        <translation>Starten Sie sie (fairhour-tracker), dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Two records don&apos;t fit together</source>
        <translation>Zwei Aufzeichnungen passen nicht zusammen</translation>
    </message>
    <message>
        <source>The marketplace holds another record of these 12 minutes, and does not take what both are together.</source>
        <translation>Der Marktplatz hat eine andere Aufzeichnung dieser 12 Minuten und nimmt nicht an, was beide zusammen ergeben.</translation>
    </message>
    <message>
        <source>Export it, and ask the marketplace&apos;s staff for help.</source>
        <translation>Exportieren Sie sie, und bitten Sie das Team des Marktplatzes um Hilfe.</translation>
    </message>
    <message>
        <source>Marketplace not reachable</source>
        <translation>Marktplatz nicht erreichbar</translation>
    </message>
    <message>
        <source>Jobs and weeks may be out of date here</source>
        <translation>Aufträge und Wochen sind hier vielleicht veraltet</translation>
    </message>
    <message>
        <source>What is recorded is sent, but news of jobs and rejections could not be fetched from the marketplace.</source>
        <translation>Was aufgezeichnet wird, wird gesendet; Neues zu Aufträgen und Ablehnungen konnte aber nicht vom Marktplatz abgerufen werden.</translation>
    </message>
    <message>
        <source>It is tried again by itself; the marketplace&apos;s own pages show how it stands.</source>
        <translation>Es wird von selbst erneut versucht; die Seiten des Marktplatzes zeigen, wie es steht.</translation>
    </message>
    <message>
        <source>The marketplace could not be reached ({detail}). Recording goes on.</source>
        <translation>Der Marktplatz war nicht zu erreichen ({detail}). Die Aufzeichnung läuft weiter.</translation>
    </message>
    <message>
        <source>Nothing: what is recorded is kept and sent when the marketplace is back.</source>
        <translation>Nichts: Was aufgezeichnet ist, bleibt erhalten und wird gesendet, sobald der Marktplatz wieder da ist.</translation>
    </message>
    <message>
        <source>Records of {name} are kept here</source>
        <translation>Aufzeichnungen von {name} liegen hier</translation>
    </message>
    <message>
        <source>They were recorded on this computer, and are never sent to another account.</source>
        <translation>Sie entstanden auf diesem Computer und werden nie an ein anderes Konto gesendet.</translation>
    </message>
    <message>
        <source>Nothing: they are sent when {name} signs in here again.</source>
        <translation>Nichts: Sie werden gesendet, wenn sich {name} hier wieder anmeldet.</translation>
    </message>
    <message>
        <source>Somebody else&apos;s records are kept here</source>
        <translation>Aufzeichnungen von jemand anderem liegen hier</translation>
    </message>
    <message>
        <source>Nothing: they are sent when that person signs in here again.</source>
        <translation>Nichts: Sie werden gesendet, wenn sich diese Person hier wieder anmeldet.</translation>
    </message>
    <message>
        <source>Screenshot can&apos;t be sent</source>
        <translation>Bildschirmfoto lässt sich nicht senden</translation>
    </message>
    <message>
        <source>A screenshot stays on this computer because its file is not what was recorded.</source>
        <translation>Ein Bildschirmfoto bleibt auf diesem Computer, weil seine Datei nicht die aufgezeichnete ist.</translation>
    </message>
    <message>
        <source>The time of its slot is recorded; without the picture it is not protected.</source>
        <translation>Die Zeit seines Zeitfensters ist aufgezeichnet; ohne das Bild ist sie nicht geschützt.</translation>
    </message>
    <message>
        <source>A screenshot stays on this computer because its file can&apos;t be read ({detail}).</source>
        <translation>Ein Bildschirmfoto bleibt auf diesem Computer, weil sich seine Datei nicht lesen lässt ({detail}).</translation>
    </message>
    <message>
        <source>Marketplace&apos;s receipt does not match</source>
        <translation>Die Empfangsbestätigung des Marktplatzes passt nicht</translation>
    </message>
    <message>
        <source>Nothing is taken as sent: {sent} segments were sent and {receipts} receipts came back.</source>
        <translation>Nichts gilt als gesendet: {sent} Abschnitte gingen hinaus, und {receipts} Bestätigungen kamen zurück.</translation>
    </message>
    <message>
        <source>Nothing: it is sent again by itself.</source>
        <translation>Nichts: Es wird von selbst noch einmal gesendet.</translation>
    </message>
    <message>
        <source>Nothing is taken as sent: the receipt for slot {slot} is not for what was sent.</source>
        <translation>Nichts gilt als gesendet: Die Bestätigung für Zeitfenster {slot} ist nicht für das, was gesendet wurde.</translation>
    </message>
    <message>
        <source>Nothing is taken as sent: the receipt is not for the picture that was sent.</source>
        <translation>Nichts gilt als gesendet: Die Bestätigung ist nicht für das Bild, das gesendet wurde.</translation>
    </message>
    <message>
        <source>Nothing is taken as sent: a receipt is not for the Other hours that were sent.</source>
        <translation>Nichts gilt als gesendet: Eine Bestätigung ist nicht für die Weiteren Stunden, die gesendet wurden.</translation>
    </message>
    <message>
        <source>An older copy of the record is in use</source>
        <translation>Eine ältere Kopie der Aufzeichnung ist im Gebrauch</translation>
    </message>
    <message>
        <source>The marketplace held more of {n} segments than this computer. Both were put together; no time is lost or counted twice.</source>
        <translation>Der Marktplatz hatte von {n} Abschnitten mehr als dieser Computer. Beides wurde zusammengeführt; keine Zeit ist verloren oder doppelt gezählt.</translation>
    </message>
    <message>
        <source>Nothing after restoring a backup. If a second computer uses a copy of this one&apos;s data, install Fairhour there anew.</source>
        <translation>Nach dem Wiederherstellen einer Sicherung nichts. Wenn ein zweiter Computer eine Kopie der Daten von diesem nutzt, installieren Sie Fairhour dort neu.</translation>
    </message>
    <message>
        <source>Segment refused</source>
        <translation>Abschnitt nicht angenommen</translation>
    </message>
    <message>
        <source>The marketplace gave no reason.</source>
        <translation>Der Marktplatz hat keinen Grund genannt.</translation>
    </message>
    <message>
        <source>It is kept on this computer.</source>
        <translation>Er bleibt auf diesem Computer erhalten.</translation>
    </message>
    <message>
        <source>Request not understood</source>
        <translation>Anfrage nicht verstanden</translation>
    </message>
    <message>
        <source>Update Fairhour.</source>
        <translation>Aktualisieren Sie Fairhour.</translation>
    </message>
    <message>
        <source>There is no request &apos;{name}&apos;.</source>
        <translation>Es gibt keine Anfrage „{name}“.</translation>
    </message>
    <message>
        <source>Fairhour is running already</source>
        <translation>Fairhour läuft bereits</translation>
    </message>
    <message>
        <source>Another Fairhour (process {process}) works in {folder} and does not answer.</source>
        <translation>Ein anderes Fairhour (Prozess {process}) arbeitet in {folder} und antwortet nicht.</translation>
    </message>
    <message>
        <source>Wait a moment and try again. If it stays so, end that process: what it recorded is kept.</source>
        <translation>Warten Sie einen Moment und versuchen Sie es noch einmal. Wenn es so bleibt, beenden Sie jenen Prozess: Was er aufgezeichnet hat, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Only in the sample mode</source>
        <translation>Nur im Beispielbetrieb</translation>
    </message>
    <message>
        <source>A second to act at can be given in the sample mode alone.</source>
        <translation>Eine Sekunde, zu der gehandelt wird, lässt sich nur im Beispielbetrieb angeben.</translation>
    </message>
    <message>
        <source>Leave it out.</source>
        <translation>Lassen Sie sie weg.</translation>
    </message>
    <message>
        <source>Server address not understood</source>
        <translation>Adresse des Servers nicht verstanden</translation>
    </message>
    <message>
        <source>&apos;{server}&apos; is no address of a marketplace; one looks like https://fairhour.example.</source>
        <translation>„{server}“ ist keine Adresse eines Marktplatzes; eine sieht so aus: https://fairhour.example.</translation>
    </message>
    <message>
        <source>Correct it and try again.</source>
        <translation>Berichtigen Sie sie und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Server address not safe</source>
        <translation>Adresse des Servers nicht sicher</translation>
    </message>
    <message>
        <source>The address is &apos;{server}&apos;: everybody on the way could read the sign-in and the screenshots.</source>
        <translation>Die Adresse ist „{server}“: Alle auf dem Weg könnten die Anmeldung und die Bildschirmfotos lesen.</translation>
    </message>
    <message>
        <source>Use the marketplace&apos;s https:// address.</source>
        <translation>Nutzen Sie die https://-Adresse des Marktplatzes.</translation>
    </message>
    <message>
        <source>Lock and sleep can&apos;t be seen here</source>
        <translation>Sperre und Ruhezustand lassen sich hier nicht erkennen</translation>
    </message>
    <message>
        <source>Neither logind nor a screen saver is running.</source>
        <translation>Weder logind noch ein Bildschirmschoner läuft.</translation>
    </message>
    <message>
        <source>Stop the tracker yourself before you lock the screen.</source>
        <translation>Stoppen Sie die Aufzeichnung selbst, bevor Sie den Bildschirm sperren.</translation>
    </message>
    <message>
        <source>logind knows no session of this program, and no screen saver is running, so a lock goes unseen.</source>
        <translation>logind kennt keine Sitzung dieses Programms, und kein Bildschirmschoner läuft; eine Sperre bleibt deshalb unbemerkt.</translation>
    </message>
    <message>
        <source>logind is not running, so sleep and shutdown go unseen.</source>
        <translation>logind läuft nicht; Ruhezustand und Herunterfahren bleiben deshalb unbemerkt.</translation>
    </message>
    <message>
        <source>Fairhour does not watch lock and sleep on this system yet.</source>
        <translation>Auf diesem System achtet Fairhour noch nicht auf Sperre und Ruhezustand.</translation>
    </message>
    <message>
        <source>Windows did not let Fairhour listen ({detail}).</source>
        <translation>Windows hat Fairhour nicht mithören lassen ({detail}).</translation>
    </message>
    <message>
        <source>macOS did not let Fairhour listen ({detail}).</source>
        <translation>macOS hat Fairhour nicht mithören lassen ({detail}).</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Nicht angemeldet</translation>
    </message>
    <message>
        <source>Something went wrong inside Fairhour.</source>
        <translation>In Fairhour selbst ging etwas schief.</translation>
    </message>
    <message>
        <source>Try again. If it happens again, send Fairhour&apos;s log to support.</source>
        <translation>Versuchen Sie es noch einmal. Wenn es wieder geschieht, senden Sie Fairhours Protokoll an den Support.</translation>
    </message>
    <message>
        <source>The sign-in was cancelled.</source>
        <translation>Die Anmeldung wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>It was not allowed in the browser.</source>
        <translation>Sie wurde im Browser nicht erlaubt.</translation>
    </message>
    <message>
        <source>Press the button again if that was a mistake.</source>
        <translation>Klicken Sie noch einmal auf den Knopf, wenn das ein Versehen war.</translation>
    </message>
    <message>
        <source>The marketplace did not complete the sign-in ({detail}).</source>
        <translation>Der Marktplatz hat die Anmeldung nicht abgeschlossen ({detail}).</translation>
    </message>
    <message>
        <source>Try again; what the browser brings is good for a minute.</source>
        <translation>Versuchen Sie es noch einmal; was der Browser bringt, gilt eine Minute lang.</translation>
    </message>
    <message>
        <source>This desktop opened no browser.</source>
        <translation>Dieser Desktop hat keinen Browser geöffnet.</translation>
    </message>
    <message>
        <source>Copy the address into one on this computer; Fairhour waits for it.</source>
        <translation>Kopieren Sie die Adresse in einen auf diesem Computer; Fairhour wartet darauf.</translation>
    </message>
    <message>
        <source>The sign-in could not be kept</source>
        <translation>Die Anmeldung ließ sich nicht aufbewahren</translation>
    </message>
    <message>
        <source>The disk did not take it ({detail}). It lasts until Fairhour ends.</source>
        <translation>Die Festplatte hat sie nicht angenommen ({detail}). Sie gilt, bis Fairhour endet.</translation>
    </message>
    <message>
        <source>Free some space on the disk, and sign in again then.</source>
        <translation>Schaffen Sie Platz auf der Festplatte, und melden Sie sich dann noch einmal an.</translation>
    </message>
    <message>
        <source>Sign-in not possible</source>
        <translation>Anmeldung nicht möglich</translation>
    </message>
    <message>
        <source>This computer gave no port for the browser&apos;s answer ({detail}).</source>
        <translation>Dieser Computer gab keinen Port für die Antwort des Browsers her ({detail}).</translation>
    </message>
    <message>
        <source>Close some programs and try again.</source>
        <translation>Schließen Sie einige Programme und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>No marketplace answered at {server}.</source>
        <translation>Unter {server} hat kein Marktplatz geantwortet.</translation>
    </message>
    <message>
        <source>Check the address and your network, and try again.</source>
        <translation>Prüfen Sie die Adresse und Ihr Netzwerk, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Nothing came back from the browser.</source>
        <translation>Vom Browser kam nichts zurück.</translation>
    </message>
    <message>
        <source>Press the button again, and finish signing in there.</source>
        <translation>Klicken Sie noch einmal auf den Knopf, und bringen Sie die Anmeldung dort zu Ende.</translation>
    </message>
    <message>
        <source>Not signed out</source>
        <translation>Nicht abgemeldet</translation>
    </message>
    <message>
        <source>Unlock the keyring and sign out again, or sign this device out on the marketplace&apos;s page of devices.</source>
        <translation>Entsperren Sie den Schlüsselbund und melden Sie sich noch einmal ab, oder melden Sie dieses Gerät auf der Geräteseite des Marktplatzes ab.</translation>
    </message>
    <message>
        <source>Signed out on this computer only</source>
        <translation>Nur auf diesem Computer abgemeldet</translation>
    </message>
    <message>
        <source>The marketplace could not be told.</source>
        <translation>Dem Marktplatz ließ es sich nicht mitteilen.</translation>
    </message>
    <message>
        <source>Sign this device out on the marketplace&apos;s page of devices, too.</source>
        <translation>Melden Sie dieses Gerät auch auf der Geräteseite des Marktplatzes ab.</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Abgemeldet</translation>
    </message>
    <message>
        <source>Nobody is signed in on this computer.</source>
        <translation>Auf diesem Computer ist niemand angemeldet.</translation>
    </message>
    <message>
        <source>Sign in again to send it.</source>
        <translation>Melden Sie sich wieder an, um es zu senden.</translation>
    </message>
    <message>
        <source>Nothing to do.</source>
        <translation>Nichts zu tun.</translation>
    </message>
    <message>
        <source>The marketplace has ended this computer&apos;s sign-in: somebody signed it out there, signed in in its place, chose a new password, a copy of it was used elsewhere, it was not used for 90 days, or a year has passed since.</source>
        <translation>Der Marktplatz hat die Anmeldung dieses Computers beendet: Jemand hat ihn dort abgemeldet, sich an seiner Stelle angemeldet oder ein neues Passwort gewählt, eine Kopie der Anmeldung wurde anderswo benutzt, sie blieb 90 Tage unbenutzt, oder ein Jahr ist seither vergangen.</translation>
    </message>
    <message>
        <source>Screenshots wait for the keyring</source>
        <translation>Bildschirmfotos warten auf den Schlüsselbund</translation>
    </message>
    <message>
        <source>They are encrypted on this computer, and their key is in the system&apos;s keyring, which is locked.</source>
        <translation>Sie sind auf diesem Computer verschlüsselt, und ihr Schlüssel liegt im Schlüsselbund des Systems, der gesperrt ist.</translation>
    </message>
    <message>
        <source>Unlock the keyring, or sign out of the desktop and in again.</source>
        <translation>Entsperren Sie den Schlüsselbund, oder melden Sie sich am Desktop ab und wieder an.</translation>
    </message>
    <message>
        <source>The screenshot can&apos;t be kept</source>
        <translation>Das Bildschirmfoto lässt sich nicht aufbewahren</translation>
    </message>
    <message>
        <source>The disk did not take it ({detail}). The time counts, but is not protected.</source>
        <translation>Die Festplatte hat es nicht angenommen ({detail}). Die Zeit zählt, ist aber nicht geschützt.</translation>
    </message>
    <message>
        <source>Free some space on the disk; the next slot is tried again.</source>
        <translation>Schaffen Sie Platz auf der Festplatte; beim nächsten Zeitfenster wird es erneut versucht.</translation>
    </message>
    <message>
        <source>The running time can&apos;t be written</source>
        <translation>Die laufende Zeit lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>The disk did not take it ({detail}). Counting goes on in memory.</source>
        <translation>Die Festplatte hat sie nicht angenommen ({detail}). Im Arbeitsspeicher wird weitergezählt.</translation>
    </message>
    <message>
        <source>Check the disk; this is tried again each second.</source>
        <translation>Prüfen Sie die Festplatte; es wird jede Sekunde erneut versucht.</translation>
    </message>
    <message>
        <source>Sign-in file not usable</source>
        <translation>Anmeldedatei nicht nutzbar</translation>
    </message>
    <message>
        <source>The sign-in could not be read from {file} ({detail}).</source>
        <translation>Die Anmeldung ließ sich nicht aus {file} lesen ({detail}).</translation>
    </message>
    <message>
        <source>Have a new one issued and start the tracker again.</source>
        <translation>Lassen Sie eine neue ausstellen und starten Sie die Zeiterfassung neu.</translation>
    </message>
    <message>
        <source>Sign-in file is readable by others</source>
        <translation>Die Anmeldedatei ist für andere lesbar</translation>
    </message>
    <message>
        <source>{file} can be read by other users of this computer, so its token is not safe to use.</source>
        <translation>{file} ist für andere Benutzer dieses Computers lesbar; der Schlüssel darin ist deshalb nicht sicher.</translation>
    </message>
    <message>
        <source>Have a new one issued; the file must be readable by its owner alone (mode 0600).</source>
        <translation>Lassen Sie eine neue ausstellen; nur der Eigentümer darf die Datei lesen können (Modus 0600).</translation>
    </message>
    <message>
        <source>Message too large</source>
        <translation>Nachricht zu groß</translation>
    </message>
    <message>
        <source>The message has {size} bytes; {limit} are allowed.</source>
        <translation>Die Nachricht hat {size} Byte; {limit} sind erlaubt.</translation>
    </message>
    <message>
        <source>Send it in smaller parts.</source>
        <translation>Senden Sie sie in kleineren Teilen.</translation>
    </message>
    <message>
        <source>Too late</source>
        <translation>Zu spät</translation>
    </message>
    <message>
        <source>Second {at} has passed; it is {now} now.</source>
        <translation>Sekunde {at} ist vorbei; jetzt ist {now}.</translation>
    </message>
    <message>
        <source>Give a second that is still to come.</source>
        <translation>Geben Sie eine Sekunde an, die noch kommt.</translation>
    </message>
    <message>
        <source>Versions do not match</source>
        <translation>Die Versionen passen nicht zusammen</translation>
    </message>
    <message>
        <source>This side speaks version {ours} of the protocol, the other side version {theirs}.</source>
        <translation>Diese Seite spricht Version {ours} des Protokolls, die andere Version {theirs}.</translation>
    </message>
    <message>
        <source>Update Fairhour on this computer; what is recorded is kept and sent after the update.</source>
        <translation>Aktualisieren Sie Fairhour auf diesem Computer; was aufgezeichnet ist, bleibt erhalten und wird danach gesendet.</translation>
    </message>
    <message>
        <source>Which job?</source>
        <translation>Welcher Auftrag?</translation>
    </message>
    <message>
        <source>Several jobs match &apos;{wanted}&apos;.</source>
        <translation>Mehrere Aufträge passen zu „{wanted}“.</translation>
    </message>
    <message>
        <source>Name one of these: {titles}.</source>
        <translation>Nennen Sie einen von diesen: {titles}.</translation>
    </message>
    <message>
        <source>No job matches &apos;{wanted}&apos;.</source>
        <translation>Kein Auftrag passt zu „{wanted}“.</translation>
    </message>
    <message>
        <source>Other hours not entered</source>
        <translation>Weitere Stunden nicht eingetragen</translation>
    </message>
    <message>
        <source>An entry has at least a second, at most its week&apos;s {hours} hours, and a note.</source>
        <translation>Ein Eintrag hat mindestens eine Sekunde, höchstens die {hours} Stunden seiner Woche, und eine Notiz.</translation>
    </message>
    <message>
        <source>Enter the time again, and say in the note what it was.</source>
        <translation>Tragen Sie die Zeit noch einmal ein, und sagen Sie in der Notiz, was es war.</translation>
    </message>
    <message>
        <source>The note has {n} characters; {most} are allowed.</source>
        <translation>Die Notiz hat {n} Zeichen; erlaubt sind {most}.</translation>
    </message>
    <message>
        <source>Shorten it, and enter the time again.</source>
        <translation>Kürzen Sie sie, und tragen Sie die Zeit erneut ein.</translation>
    </message>
    <message>
        <source>&apos;{typed}&apos; is no date.</source>
        <translation>„{typed}“ ist kein Datum.</translation>
    </message>
    <message>
        <source>Write it as year-month-day, for example 2026-11-20.</source>
        <translation>Schreiben Sie es als Jahr-Monat-Tag, zum Beispiel 2026-11-20.</translation>
    </message>
    <message>
        <source>&apos;{typed}&apos; is no length of time.</source>
        <translation>„{typed}“ ist keine Zeitdauer.</translation>
    </message>
    <message>
        <source>Write hours and minutes as 1:30, or with their units as 1h30m or 45min.</source>
        <translation>Schreiben Sie Stunden und Minuten als 1:30, oder mit ihren Einheiten als 1h30m oder 45min.</translation>
    </message>
    <message>
        <source>Other hours refused</source>
        <translation>Weitere Stunden nicht angenommen</translation>
    </message>
    <message>
        <source>They are kept on this computer.</source>
        <translation>Sie bleiben auf diesem Computer erhalten.</translation>
    </message>
    <message>
        <source>Not a week of the job</source>
        <translation>Keine Woche des Auftrags</translation>
    </message>
    <message>
        <source>The week has not begun yet, or is before the job&apos;s first one.</source>
        <translation>Die Woche hat noch nicht begonnen oder liegt vor der ersten des Auftrags.</translation>
    </message>
    <message>
        <source>Choose a week of the job.</source>
        <translation>Wählen Sie eine Woche des Auftrags.</translation>
    </message>
    <message>
        <source>The entry is gone</source>
        <translation>Den Eintrag gibt es nicht mehr</translation>
    </message>
    <message>
        <source>This entry of Other hours was deleted meanwhile, here or in the browser.</source>
        <translation>Dieser Eintrag Weiterer Stunden wurde inzwischen gelöscht, hier oder im Browser.</translation>
    </message>
    <message>
        <source>Enter the time anew if it should count.</source>
        <translation>Tragen Sie die Zeit neu ein, wenn sie zählen soll.</translation>
    </message>
    <message>
        <source>The timesheet was submitted</source>
        <translation>Der Stundenzettel ist eingereicht</translation>
    </message>
    <message>
        <source>This entry stands on a submitted timesheet and can&apos;t be changed any more.</source>
        <translation>Dieser Eintrag steht auf einem eingereichten Stundenzettel und lässt sich nicht mehr ändern.</translation>
    </message>
    <message>
        <source>Enter further time as a new entry, and talk to your client about what is wrong in this one.</source>
        <translation>Tragen Sie weitere Zeit als neuen Eintrag ein, und sprechen Sie mit Ihrem Auftraggeber über das, was an diesem nicht stimmt.</translation>
    </message>
    <message>
        <source>Other hours were changed elsewhere</source>
        <translation>Weitere Stunden wurden anderswo geändert</translation>
    </message>
    <message>
        <source>{n} of your changes came after another one, from the browser or another computer, and do not count.</source>
        <translation>{n} Ihrer Änderungen kamen nach einer anderen aus dem Browser oder von einem anderen Computer und zählen nicht.</translation>
    </message>
    <message>
        <source>Look at the week&apos;s Other hours, and change them again if they are wrong.</source>
        <translation>Sehen Sie sich die Weiteren Stunden der Woche an, und ändern Sie sie noch einmal, wenn sie nicht stimmen.</translation>
    </message>
    <message>
        <source>The time counts, but is not protected by a screenshot.</source>
        <translation>Die Zeit zählt, ist aber durch kein Bildschirmfoto geschützt.</translation>
    </message>
    <message>
        <source>Until then the whole screenshot is hidden.</source>
        <translation>Bis dahin wird das ganze Bildschirmfoto verdeckt.</translation>
    </message>
    <message>
        <source>Not the picture that was sent</source>
        <translation>Nicht das Bild, das gesendet wurde</translation>
    </message>
    <message>
        <source>What came from the marketplace is not the picture that this computer took.</source>
        <translation>Was vom Marktplatz kam, ist nicht das Bild, das dieser Computer aufgenommen hat.</translation>
    </message>
    <message>
        <source>Open it on the marketplace. If it is not your picture, report it there.</source>
        <translation>Öffnen Sie es auf dem Marktplatz. Wenn es nicht Ihr Bild ist, melden Sie es dort.</translation>
    </message>
    <message>
        <source>The screenshot failed</source>
        <translation>Das Bildschirmfoto ist misslungen</translation>
    </message>
    <message>
        <source>A picture of {width}x{height} does not fit in {limit} bytes.</source>
        <translation>Ein Bild von {width}x{height} passt nicht in {limit} Byte.</translation>
    </message>
    <message>
        <source>Nothing now: the next slot is tried again. If it keeps happening, run: fairhour doctor</source>
        <translation>Jetzt nichts: Das nächste Zeitfenster wird wieder versucht. Wenn es öfter vorkommt, führen Sie aus: fairhour doctor</translation>
    </message>
    <message>
        <source>The picture that the system took is larger than any screen.</source>
        <translation>Das Bild, das das System gemacht hat, ist größer als jeder Bildschirm.</translation>
    </message>
    <message>
        <source>The picture that the system took can&apos;t be read ({detail}).</source>
        <translation>Das Bild, das das System gemacht hat, lässt sich nicht lesen ({detail}).</translation>
    </message>
    <message>
        <source>The picture that the system took can&apos;t be understood ({detail}).</source>
        <translation>Das Bild, das das System gemacht hat, ist nicht zu verstehen ({detail}).</translation>
    </message>
    <message>
        <source>grim took no picture ({detail}).</source>
        <translation>grim hat kein Bild gemacht ({detail}).</translation>
    </message>
    <message>
        <source>grim could not be started ({detail}).</source>
        <translation>grim ließ sich nicht starten ({detail}).</translation>
    </message>
    <message>
        <source>screencapture took no picture ({detail}).</source>
        <translation>screencapture hat kein Bild gemacht ({detail}).</translation>
    </message>
    <message>
        <source>The display system gave no picture ({detail}).</source>
        <translation>Das Anzeigesystem hat kein Bild gegeben ({detail}).</translation>
    </message>
    <message>
        <source>The desktop portal could not take the screenshot.</source>
        <translation>Das Desktop-Portal konnte das Bildschirmfoto nicht machen.</translation>
    </message>
    <message>
        <source>The desktop portal answered without a file ({detail}).</source>
        <translation>Das Desktop-Portal hat ohne Datei geantwortet ({detail}).</translation>
    </message>
    <message>
        <source>The desktop portal refused the request ({detail}).</source>
        <translation>Das Desktop-Portal hat die Anfrage abgelehnt ({detail}).</translation>
    </message>
    <message>
        <source>The session bus was lost ({detail}).</source>
        <translation>Der Sitzungsbus ging verloren ({detail}).</translation>
    </message>
    <message>
        <source>Screenshots are not allowed</source>
        <translation>Bildschirmfotos sind nicht erlaubt</translation>
    </message>
    <message>
        <source>macOS does not let Fairhour see other programs&apos; windows.</source>
        <translation>macOS lässt Fairhour die Fenster anderer Programme nicht sehen.</translation>
    </message>
    <message>
        <source>Open System Settings, Privacy &amp; Security, Screen Recording, switch Fairhour on and start it again.</source>
        <translation>Öffnen Sie in den Systemeinstellungen „Datenschutz &amp; Sicherheit“, dann „Bildschirmaufnahme“, schalten Sie Fairhour ein und starten Sie es neu.</translation>
    </message>
    <message>
        <source>The desktop refused the screenshot.</source>
        <translation>Der Desktop hat das Bildschirmfoto verweigert.</translation>
    </message>
    <message>
        <source>Allow screenshots for Fairhour in the privacy settings of your desktop.</source>
        <translation>Erlauben Sie Fairhour in den Datenschutz-Einstellungen Ihres Desktops Bildschirmfotos.</translation>
    </message>
    <message>
        <source>The screenshot took too long</source>
        <translation>Das Bildschirmfoto dauerte zu lange</translation>
    </message>
    <message>
        <source>grim did not finish within {seconds} s.</source>
        <translation>grim wurde nicht binnen {seconds} s fertig.</translation>
    </message>
    <message>
        <source>If the system asks whether Fairhour may take screenshots, allow it. The next slot is tried again.</source>
        <translation>Wenn das System fragt, ob Fairhour Bildschirmfotos machen darf, erlauben Sie es. Das nächste Zeitfenster wird wieder versucht.</translation>
    </message>
    <message>
        <source>screencapture did not finish within {seconds} s.</source>
        <translation>screencapture wurde nicht binnen {seconds} s fertig.</translation>
    </message>
    <message>
        <source>The desktop portal did not answer within {seconds} s; it may be asking you for permission.</source>
        <translation>Das Desktop-Portal hat binnen {seconds} s nicht geantwortet; vielleicht bittet es Sie um Erlaubnis.</translation>
    </message>
    <message>
        <source>Screenshots are not possible here</source>
        <translation>Bildschirmfotos sind hier nicht möglich</translation>
    </message>
    <message>
        <source>CoreGraphics can&apos;t be loaded ({detail}).</source>
        <translation>CoreGraphics lässt sich nicht laden ({detail}).</translation>
    </message>
    <message>
        <source>Accessibility is switched off</source>
        <translation>Die Bedienungshilfen sind ausgeschaltet</translation>
    </message>
    <message>
        <source>macOS does not tell whether Fairhour may see keys and clicks ({detail}).</source>
        <translation>macOS sagt nicht, ob Fairhour Tasten und Klicks sehen darf ({detail}).</translation>
    </message>
    <message>
        <source>Update macOS.</source>
        <translation>Aktualisieren Sie macOS.</translation>
    </message>
    <message>
        <source>macOS does not let Fairhour see keys and clicks in other programs. Only their counts need it.</source>
        <translation>macOS lässt Fairhour Tasten und Klicks in anderen Programmen nicht sehen. Nur ihr Zählen braucht das.</translation>
    </message>
    <message>
        <source>Where you want them counted, switch Fairhour on in System Settings, Privacy &amp; Security, Accessibility. This opens that page: open &quot;{address}&quot;</source>
        <translation>Wo Sie sie zählen lassen möchten, schalten Sie Fairhour unter Systemeinstellungen, Datenschutz &amp; Sicherheit, Bedienungshilfen ein. Dies öffnet die Seite: open &quot;{address}&quot;</translation>
    </message>
    <message>
        <source>This Wayland desktop offers no way to take a picture ({detail}), and grim is not installed.</source>
        <translation>Dieser Wayland-Desktop bietet keinen Weg, ein Bild zu machen ({detail}), und grim ist nicht installiert.</translation>
    </message>
    <message>
        <source>Install xdg-desktop-portal with the back end of your desktop (-gnome, -kde or -wlr); on sway, grim.</source>
        <translation>Installieren Sie xdg-desktop-portal mit dem Zusatz für Ihren Desktop (-gnome, -kde oder -wlr); für sway grim.</translation>
    </message>
    <message>
        <source>Your screens have changed</source>
        <translation>Ihre Bildschirme haben sich geändert</translation>
    </message>
    <message>
        <source>An area or a monitor was chosen while the screens stood in another way.</source>
        <translation>Ein Bereich oder ein Monitor wurde gewählt, als die Bildschirme anders standen.</translation>
    </message>
    <message>
        <source>Choose it again under “What is hidden”.</source>
        <translation>Wählen Sie unter „Was verdeckt wird“ neu.</translation>
    </message>
    <message>
        <source>What to hide can&apos;t be read</source>
        <translation>Was verdeckt werden soll, ist nicht lesbar</translation>
    </message>
    <message>
        <source>{file} is damaged. Whole screenshots are hidden, so that nothing private is shown.</source>
        <translation>{file} ist beschädigt. Ganze Bildschirmfotos werden verdeckt, damit nichts Privates zu sehen ist.</translation>
    </message>
    <message>
        <source>Choose anew under “What is hidden”.</source>
        <translation>Wählen Sie unter „Was verdeckt wird“ neu.</translation>
    </message>
    <message>
        <source>What to hide could not be kept</source>
        <translation>Was verdeckt werden soll, ließ sich nicht aufbewahren</translation>
    </message>
    <message>
        <source>{file} can&apos;t be written ({detail}). It holds until Fairhour ends.</source>
        <translation>{file} lässt sich nicht schreiben ({detail}). Es gilt, bis Fairhour endet.</translation>
    </message>
    <message>
        <source>Make room on the disk, then change something under “What is hidden”.</source>
        <translation>Schaffen Sie Platz auf der Festplatte, dann ändern Sie etwas unter „Was verdeckt wird“.</translation>
    </message>
    <message>
        <source>Windows can&apos;t be told apart</source>
        <translation>Fenster lassen sich nicht unterscheiden</translation>
    </message>
    <message>
        <source>Wayland does not tell programs which windows are open.</source>
        <translation>Wayland sagt Programmen nicht, welche Fenster offen sind.</translation>
    </message>
    <message>
        <source>Under “What is hidden”, choose areas, or blur the whole picture, instead of programs and titles.</source>
        <translation>Wählen Sie unter „Was verdeckt wird“ Bereiche, oder machen Sie das ganze Bild unscharf, statt Programme und Titel zu nennen.</translation>
    </message>
    <message>
        <source>There is no display.</source>
        <translation>Es gibt keine Anzeige.</translation>
    </message>
    <message>
        <source>The list of windows could not be read ({detail}).</source>
        <translation>Die Liste der Fenster ließ sich nicht lesen ({detail}).</translation>
    </message>
    <message>
        <source>The window manager does not list its windows.</source>
        <translation>Die Fensterverwaltung führt keine Liste ihrer Fenster.</translation>
    </message>
    <message>
        <source>macOS gave no list of windows.</source>
        <translation>macOS hat keine Liste der Fenster gegeben.</translation>
    </message>
    <message>
        <source>Theme not understood</source>
        <translation>Farbschema nicht verstanden</translation>
    </message>
    <message>
        <source>FAIRHOUR_THEME is &apos;{theme}&apos;; it can be {themes}.</source>
        <translation>FAIRHOUR_THEME ist „{theme}“; möglich ist {themes}.</translation>
    </message>
    <message>
        <source>Correct it and start Fairhour again.</source>
        <translation>Berichtigen Sie es und starten Sie Fairhour neu.</translation>
    </message>
    <message>
        <source>Days not understood</source>
        <translation>Tage nicht verstanden</translation>
    </message>
    <message>
        <source>FAIRHOUR_KEEP_DAYS is &apos;{days}&apos;; it can be 0 to {most}.</source>
        <translation>FAIRHOUR_KEEP_DAYS ist „{days}“; möglich ist 0 bis {most}.</translation>
    </message>
    <message>
        <source>Minutes not understood</source>
        <translation>Minuten nicht verstanden</translation>
    </message>
    <message>
        <source>Not this Fairhour</source>
        <translation>Nicht dieses Fairhour</translation>
    </message>
    <message>
        <source>It was started with FAIRHOUR_HOME; at login it would work in another folder.</source>
        <translation>Es wurde mit FAIRHOUR_HOME gestartet; bei der Anmeldung am Computer würde es in einem anderen Ordner arbeiten.</translation>
    </message>
    <message>
        <source>Start Fairhour without that variable, or have a script of yours start it.</source>
        <translation>Starten Sie Fairhour ohne diese Variable, oder lassen Sie es durch ein eigenes Skript starten.</translation>
    </message>
    <message>
        <source>Start at login is not possible from here</source>
        <translation>Der Start bei der Anmeldung ist von hier aus nicht möglich</translation>
    </message>
    <message>
        <source>Windows takes no more than {limit} characters for what it starts, and Fairhour lies too deep.</source>
        <translation>Windows nimmt für das, was es startet, nicht mehr als {limit} Zeichen an, und Fairhour liegt zu tief.</translation>
    </message>
    <message>
        <source>Move Fairhour into a folder with a shorter path.</source>
        <translation>Verschieben Sie Fairhour in einen Ordner mit kürzerem Pfad.</translation>
    </message>
    <message>
        <source>Start at login could not be changed</source>
        <translation>Der Start bei der Anmeldung ließ sich nicht ändern</translation>
    </message>
    <message>
        <source>{what} can&apos;t be written ({detail}).</source>
        <translation>{what} lässt sich nicht schreiben ({detail}).</translation>
    </message>
    <message>
        <source>Check that it belongs to you, and try again.</source>
        <translation>Prüfen Sie, ob es Ihnen gehört, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Your data folder is not there</source>
        <translation>Ihr Datenordner ist nicht da</translation>
    </message>
    <message>
        <source>It was moved to {folder}, and there is no such folder now.</source>
        <translation>Er wurde nach {folder} verschoben, und diesen Ordner gibt es jetzt nicht.</translation>
    </message>
    <message>
        <source>Connect the disk that it is on, and start Fairhour again.</source>
        <translation>Schließen Sie den Datenträger an, auf dem er liegt, und starten Sie Fairhour neu.</translation>
    </message>
    <message>
        <source>The keys could not be had</source>
        <translation>Die Tasten waren nicht zu bekommen</translation>
    </message>
    <message>
        <source>The display system did not give them ({detail}).</source>
        <translation>Das Anzeigesystem hat sie nicht vergeben ({detail}).</translation>
    </message>
    <message>
        <source>Choose them again.</source>
        <translation>Wählen Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>These keys are taken</source>
        <translation>Diese Tasten sind vergeben</translation>
    </message>
    <message>
        <source>{keys} belong to another program or to the desktop.</source>
        <translation>{keys} gehören einem anderen Programm oder dem Desktop.</translation>
    </message>
    <message>
        <source>Choose others.</source>
        <translation>Wählen Sie andere.</translation>
    </message>
    <message>
        <source>Keys for every program are not possible here</source>
        <translation>Tasten für alle Programme sind hier nicht möglich</translation>
    </message>
    <message>
        <source>On macOS Fairhour takes no keys for itself yet.</source>
        <translation>Unter macOS nimmt Fairhour noch keine Tasten für sich.</translation>
    </message>
    <message>
        <source>Wayland lets no program take keys that work in every program.</source>
        <translation>Wayland lässt kein Programm Tasten nehmen, die in jedem Programm gelten.</translation>
    </message>
    <message>
        <source>Have the keyboard settings of your desktop run a command: fairhour toggle, or fairhour private.</source>
        <translation>Lassen Sie die Tastatureinstellungen Ihres Desktops einen Befehl ausführen: fairhour toggle oder fairhour private.</translation>
    </message>
    <message>
        <source>No such keys</source>
        <translation>Diese Tasten gibt es nicht</translation>
    </message>
    <message>
        <source>This keyboard has no {keys}.</source>
        <translation>Auf dieser Tastatur gibt es kein {keys}.</translation>
    </message>
    <message>
        <source>&apos;{minutes}&apos; is no length of a private pause; it can be 1 to {most} minutes.</source>
        <translation>„{minutes}“ ist keine Länge einer privaten Pause; möglich sind 1 bis {most} Minuten.</translation>
    </message>
    <message>
        <source>The file could not be made</source>
        <translation>Die Datei ließ sich nicht erstellen</translation>
    </message>
    <message>
        <source>Try again. If it happens again, start Fairhour anew: it then shows a report for support.</source>
        <translation>Versuchen Sie es noch einmal. Wenn es wieder geschieht, starten Sie Fairhour neu: Es zeigt dann einen Bericht für den Support.</translation>
    </message>
    <message>
        <source>One file at a time</source>
        <translation>Nur eine Datei zur selben Zeit</translation>
    </message>
    <message>
        <source>Another export or bundle is being made.</source>
        <translation>Ein anderer Export oder eine andere Diagnose wird gerade erstellt.</translation>
    </message>
    <message>
        <source>Wait until it is done, or cancel it.</source>
        <translation>Warten Sie, bis das fertig ist, oder brechen Sie es ab.</translation>
    </message>
    <message>
        <source>FAIRHOUR_HOLD_MINUTES is &apos;{minutes}&apos;; it can be 0 to {most}.</source>
        <translation>FAIRHOUR_HOLD_MINUTES ist „{minutes}“; möglich ist 0 bis {most}.</translation>
    </message>
    <message>
        <source>Language not understood</source>
        <translation>Sprache nicht verstanden</translation>
    </message>
    <message>
        <source>FAIRHOUR_LANGUAGE is &apos;{language}&apos;; it can be like de or pt_BR, or empty for the system&apos;s.</source>
        <translation>FAIRHOUR_LANGUAGE ist „{language}“; möglich ist etwas wie de oder pt_BR, oder leer für die Sprache des Systems.</translation>
    </message>
    <message>
        <source>FAIRHOUR_HOME names the data folder</source>
        <translation>FAIRHOUR_HOME nennt den Datenordner</translation>
    </message>
    <message>
        <source>As long as that variable names it, it can&apos;t be moved from here.</source>
        <translation>Solange diese Variable ihn nennt, lässt er sich von hier aus nicht verschieben.</translation>
    </message>
    <message>
        <source>End Fairhour, move the folder, and name the new place.</source>
        <translation>Beenden Sie Fairhour, verschieben Sie den Ordner, und nennen Sie den neuen Platz.</translation>
    </message>
    <message>
        <source>Not while something is recorded</source>
        <translation>Nicht, während aufgezeichnet wird</translation>
    </message>
    <message>
        <source>The data folder can be moved when nothing is recorded or paused.</source>
        <translation>Der Datenordner lässt sich verschieben, wenn nichts aufgezeichnet wird oder pausiert ist.</translation>
    </message>
    <message>
        <source>Press Stop, then move it.</source>
        <translation>Klicken Sie auf „Stoppen“, dann verschieben Sie ihn.</translation>
    </message>
    <message>
        <source>The data folder stays where it is</source>
        <translation>Der Datenordner bleibt, wo er ist</translation>
    </message>
    <message>
        <source>{folder} and the data folder lie in each other.</source>
        <translation>{folder} und der Datenordner liegen ineinander.</translation>
    </message>
    <message>
        <source>{link} leads out of the data folder.</source>
        <translation>{link} führt aus dem Datenordner hinaus.</translation>
    </message>
    <message>
        <source>{folder} is not empty.</source>
        <translation>{folder} ist nicht leer.</translation>
    </message>
    <message>
        <source>{folder} can&apos;t be written.</source>
        <translation>In {folder} lässt sich nicht schreiben.</translation>
    </message>
    <message>
        <source>There is not enough room for it in {folder}.</source>
        <translation>In {folder} ist nicht genug Platz dafür.</translation>
    </message>
    <message>
        <source>{folder} can&apos;t be used ({detail}).</source>
        <translation>{folder} lässt sich nicht nutzen ({detail}).</translation>
    </message>
    <message>
        <source>{folder} did not take it ({detail}).</source>
        <translation>{folder} hat ihn nicht angenommen ({detail}).</translation>
    </message>
    <message>
        <source>Choose an empty folder on this computer&apos;s disk.</source>
        <translation>Wählen Sie einen leeren Ordner auf einer Festplatte dieses Computers.</translation>
    </message>
    <message>
        <source>The folder could not be opened</source>
        <translation>Der Ordner ließ sich nicht öffnen</translation>
    </message>
    <message>
        <source>This desktop opened nothing for {folder}.</source>
        <translation>Dieser Desktop hat für {folder} nichts geöffnet.</translation>
    </message>
    <message>
        <source>Open it by hand.</source>
        <translation>Öffnen Sie ihn von Hand.</translation>
    </message>
    <message>
        <source>Notice not understood</source>
        <translation>Hinweis nicht verstanden</translation>
    </message>
    <message>
        <source>FAIRHOUR_NOTICE is &apos;{notice}&apos;; it can be {notices}.</source>
        <translation>FAIRHOUR_NOTICE ist „{notice}“; möglich ist {notices}.</translation>
    </message>
    <message>
        <source>Your settings can&apos;t be read</source>
        <translation>Ihre Einstellungen sind nicht lesbar</translation>
    </message>
    <message>
        <source>The file was damaged, and lies here now: {file}. Fairhour works as it does without it.</source>
        <translation>Die Datei war beschädigt und liegt jetzt hier: {file}. Fairhour arbeitet so, wie es das ohne sie tut.</translation>
    </message>
    <message>
        <source>Choose anew under “Settings”.</source>
        <translation>Wählen Sie unter „Einstellungen“ neu.</translation>
    </message>
    <message>
        <source>Some settings can&apos;t be meant</source>
        <translation>Einige Einstellungen können so nicht gemeint sein</translation>
    </message>
    <message>
        <source>In {file} these were taken for the nearest that can: {names}.</source>
        <translation>In {file} wurde hierfür das nächste Mögliche genommen: {names}.</translation>
    </message>
    <message>
        <source>Look through “Settings”; the next change there puts the file right.</source>
        <translation>Sehen Sie die „Einstellungen“ durch; die nächste Änderung dort bringt die Datei in Ordnung.</translation>
    </message>
    <message>
        <source>Your settings could not be kept</source>
        <translation>Ihre Einstellungen ließen sich nicht aufbewahren</translation>
    </message>
    <message>
        <source>{file} can&apos;t be written ({detail}). They hold until Fairhour ends.</source>
        <translation>{file} lässt sich nicht schreiben ({detail}). Sie gelten, bis Fairhour endet.</translation>
    </message>
    <message>
        <source>Make room on the disk, then change a setting again.</source>
        <translation>Schaffen Sie Platz auf der Festplatte, dann ändern Sie noch einmal eine Einstellung.</translation>
    </message>
    <message>
        <source>Proxy not understood</source>
        <translation>Proxy nicht verstanden</translation>
    </message>
    <message>
        <source>&apos;{proxy}&apos; is no address of a proxy; one looks like http://proxy.example:3128.</source>
        <translation>„{proxy}“ ist keine Adresse eines Proxys; eine sieht so aus: http://proxy.example:3128.</translation>
    </message>
    <message>
        <source>No password here</source>
        <translation>Hier kein Passwort</translation>
    </message>
    <message>
        <source>A name and a password in the proxy&apos;s address would lie open in a file.</source>
        <translation>Name und Passwort in der Adresse des Proxys lägen offen in einer Datei.</translation>
    </message>
    <message>
        <source>Put the whole address into HTTPS_PROXY in your environment, and choose the system&apos;s proxy.</source>
        <translation>Setzen Sie die ganze Adresse in Ihrer Umgebung als HTTPS_PROXY, und wählen Sie den Proxy des Systems.</translation>
    </message>
</context>
<context>
    <name>quarantine</name>
    <message>
        <source>Fairhour: refused by the marketplace</source>
        <translation>Fairhour: vom Marktplatz nicht angenommen</translation>
    </message>
    <message>
        <source>Refused by the marketplace</source>
        <translation>Vom Marktplatz nicht angenommen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>Kopie speichern …</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>Verwerfen …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Refused records</source>
        <translation>Nicht angenommene Aufzeichnungen</translation>
    </message>
    <message>
        <source>The marketplace refused {what}</source>
        <translation>Der Marktplatz hat nicht angenommen: {what}</translation>
    </message>
    <message>
        <source>Nothing was refused</source>
        <translation>Alles wurde angenommen</translation>
    </message>
    <message>
        <source>It is kept on this computer, and not counted. Nothing behind it waits for it.</source>
        <translation>Es bleibt auf diesem Computer erhalten und wird nicht gezählt. Nichts dahinter wartet darauf.</translation>
    </message>
    <message>
        <source>All that was recorded is with the marketplace, or on its way. What it refuses would stand here.</source>
        <translation>Alles, was aufgezeichnet wurde, ist beim Marktplatz oder auf dem Weg dorthin. Was er nicht annimmt, stünde hier.</translation>
    </message>
    <message>
        <source>Save a copy in</source>
        <translation>Kopie speichern in</translation>
    </message>
    <message>
        <source>{what} will never be counted, paid or shown. This can&apos;t be undone. Save a copy first if staff may still have to look at it.</source>
        <translation>Nie gezählt, bezahlt oder gezeigt wird dann: {what}. Das lässt sich nicht rückgängig machen. Speichern Sie vorher eine Kopie, wenn das Team des Marktplatzes es sich noch ansehen soll.</translation>
    </message>
    <message>
        <source>Screenshots are erased from this computer.</source>
        <translation>Bildschirmfotos werden von diesem Computer gelöscht.</translation>
    </message>
    <message>
        <source>Discard {what}?</source>
        <translation>{what} verwerfen?</translation>
    </message>
    <message>
        <source>Discard {what}</source>
        <translation>{what} verwerfen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Screenshot</source>
        <translation>Bildschirmfoto</translation>
    </message>
    <message>
        <source>Other hours, {time}</source>
        <translation>Weitere Stunden, {time}</translation>
    </message>
</context>
<context>
    <name>reminder</name>
    <message>
        <source>You are active, but nothing is recorded</source>
        <translation>Sie sind aktiv, aber es wird nichts aufgezeichnet</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Fairhour: settings</source>
        <translation>Fairhour: Einstellungen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>First steps…</source>
        <translation>Erste Schritte …</translation>
    </message>
    <message>
        <source>Pages of settings</source>
        <translation>Seiten der Einstellungen</translation>
    </message>
    <message>
        <source>What you choose holds at once.</source>
        <translation>Was Sie wählen, gilt sofort.</translation>
    </message>
    <message>
        <source>Your data</source>
        <translation>Ihre Daten</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Move it…</source>
        <translation>Verschieben …</translation>
    </message>
    <message>
        <source>Export everything…</source>
        <translation>Alles exportieren …</translation>
    </message>
    <message>
        <source>Save diagnostics…</source>
        <translation>Diagnose speichern …</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>Datenordner</translation>
    </message>
    <message>
        <source>Only your account on this computer can read it.</source>
        <translation>Nur Ihr Konto auf diesem Computer kann ihn lesen.</translation>
    </message>
    <message>
        <source>Everything that is stored about you here</source>
        <translation>Alles, was hier über Sie gespeichert ist</translation>
    </message>
    <message>
        <source>One zip file: your record as JSON, the screenshots that are on this computer, and what you chose. No passwords or keys. Screenshots in it are not encrypted: keep it where only you can read it.</source>
        <translation>Eine ZIP-Datei: Ihre Aufzeichnung als JSON, die Bildschirmfotos auf diesem Computer und was Sie gewählt haben. Keine Passwörter oder Schlüssel. Bildschirmfotos darin sind nicht verschlüsselt: Bewahren Sie sie auf, wo nur Sie sie lesen können.</translation>
    </message>
    <message>
        <source>For support</source>
        <translation>Für den Support</translation>
    </message>
    <message>
        <source>Versions, parts, counts, the log and what broke. No screenshots, comments, titles, passwords or keys. It goes nowhere by itself.</source>
        <translation>Versionen, Teile, Anzahlen, das Protokoll und was ausfiel. Keine Bildschirmfotos, Kommentare, Titel, Passwörter oder Schlüssel. Von selbst geht es nirgendwohin.</translation>
    </message>
    <message>
        <source>An empty folder for your data</source>
        <translation>Ein leerer Ordner für Ihre Daten</translation>
    </message>
    <message>
        <source>Fairhour ends, copies your data to {folder}, compares it, and starts again from there. Only then the old copy is erased. Choose a disk of this computer that is always connected.</source>
        <translation>Fairhour endet, kopiert Ihre Daten nach {folder}, vergleicht sie und startet von dort neu. Erst dann wird die alte Kopie gelöscht. Wählen Sie eine Festplatte dieses Computers, die immer angeschlossen ist.</translation>
    </message>
    <message>
        <source>Move your data?</source>
        <translation>Ihre Daten verschieben?</translation>
    </message>
    <message>
        <source>Move it and start again</source>
        <translation>Verschieben und neu starten</translation>
    </message>
    <message>
        <source>Leave it where it is</source>
        <translation>Dort lassen, wo sie sind</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>{n} % done</source>
        <translation>{n} % fertig</translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation>Gespeichert: {file}</translation>
    </message>
    <message>
        <source>Where to save the file</source>
        <translation>Wo die Datei gespeichert wird</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Start Fairhour when I log in</source>
        <translation>Fairhour starten, wenn ich mich am Computer anmelde</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Keys to start and stop</source>
        <translation>Tasten zum Starten und Stoppen</translation>
    </message>
    <message>
        <source>Keys for “Now is private”</source>
        <translation>Tasten für „Jetzt ist privat“</translation>
    </message>
    <message>
        <source>It starts as an icon, and records nothing until you press Start.</source>
        <translation>Es startet als Symbol und zeichnet nichts auf, bis Sie auf „Starten“ klicken.</translation>
    </message>
    <message>
        <source>They work in every program, and pause for {n} minutes. Choose a letter, a figure or F1 to F12 together with Ctrl or Alt. Fairhour is told of these keys alone, never of others.</source>
        <translation>Sie gelten in jedem Programm und pausieren für {n} Minuten. Wählen Sie einen Buchstaben, eine Ziffer oder F1 bis F12 zusammen mit Strg oder Alt. Fairhour erfährt nur von diesen Tasten, nie von anderen.</translation>
    </message>
    <message>
        <source>It is spoken from the next start of Fairhour on.</source>
        <translation>Sie wird gesprochen, sobald Fairhour neu startet.</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>Remind me when I am active, but not recording</source>
        <translation>Mich erinnern, wenn ich aktiv bin, aber nicht aufzeichne</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>Ruhe ab</translation>
    </message>
    <message>
        <source>Quiet until</source>
        <translation>Ruhe bis</translation>
    </message>
    <message>
        <source>Work View of your jobs</source>
        <translation>Work View Ihrer Aufträge</translation>
    </message>
    <message>
        <source>With Work View each 12 minutes get one screenshot, and that time is protected. Without it the time counts, but is not protected: whether it is paid is between you and your client.</source>
        <translation>Mit Work View gibt es alle 12 Minuten ein Bildschirmfoto, und diese Zeit ist geschützt. Ohne zählt die Zeit, ist aber nicht geschützt: Ob sie bezahlt wird, ist Sache zwischen Ihnen und Ihrem Auftraggeber.</translation>
    </message>
    <message>
        <source>Keyboard or mouse are used, and nothing is recorded: a note asks whether that is meant. It is told on this computer alone.</source>
        <translation>Tastatur oder Maus werden benutzt, und nichts wird aufgezeichnet: Eine Nachricht fragt, ob das so sein soll. Sie erscheint nur auf diesem Computer.</translation>
    </message>
    <message>
        <source>No reminder between</source>
        <translation>Keine Erinnerung zwischen</translation>
    </message>
    <message>
        <source>and</source>
        <translation>und</translation>
    </message>
    <message>
        <source>Your jobs appear here after you sign in.</source>
        <translation>Ihre Aufträge erscheinen hier, sobald Sie angemeldet sind.</translation>
    </message>
    <message>
        <source>Screenshots</source>
        <translation>Bildschirmfotos</translation>
    </message>
    <message>
        <source>Notice at each screenshot</source>
        <translation>Hinweis bei jedem Bildschirmfoto</translation>
    </message>
    <message>
        <source>Before it is sent</source>
        <translation>Bevor es gesendet wird</translation>
    </message>
    <message>
        <source>After it was sent</source>
        <translation>Nachdem es gesendet wurde</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>What is hidden…</source>
        <translation>Was verdeckt wird …</translation>
    </message>
    <message>
        <source>As long as it is held, you can delete it, and it never leaves.</source>
        <translation>Solange es zurückgehalten wird, können Sie es löschen, und es verlässt den Computer nie.</translation>
    </message>
    <message>
        <source>Fewer days hold from the next screenshot on.</source>
        <translation>Weniger Tage gelten ab dem nächsten Bildschirmfoto.</translation>
    </message>
    <message>
        <source>Hidden windows and areas</source>
        <translation>Verdeckte Fenster und Bereiche</translation>
    </message>
    <message>
        <source>What you name there is painted over before a screenshot is kept.</source>
        <translation>Was Sie dort nennen, wird übermalt, bevor ein Bildschirmfoto aufbewahrt wird.</translation>
    </message>
    <message>
        <source>Your client sees your screens as they are.</source>
        <translation>Ihr Auftraggeber sieht Ihre Bildschirme, wie sie sind.</translation>
    </message>
    <message>
        <source>Small text can&apos;t be read any more. The time stays protected.</source>
        <translation>Kleine Schrift ist nicht mehr zu lesen. Die Zeit bleibt geschützt.</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>Der des Systems</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>Dieser:</translation>
    </message>
    <message>
        <source>The proxy&apos;s address</source>
        <translation>Die Adresse des Proxys</translation>
    </message>
    <message>
        <source>What is sent is encrypted on its way through a proxy, too. A marketplace on this computer is reached without it.</source>
        <translation>Auch durch einen Proxy wird alles verschlüsselt gesendet. Ein Marktplatz auf diesem Computer wird ohne ihn erreicht.</translation>
    </message>
    <message>
        <source>Sent at once</source>
        <translation>Sofort gesendet</translation>
    </message>
    <message>
        <source>Held for 1 minute</source>
        <translation>1 Minute zurückgehalten</translation>
    </message>
    <message>
        <source>Held for {n} minutes</source>
        <translation>{n} Minuten zurückgehalten</translation>
    </message>
    <message>
        <source>Erased here at once</source>
        <translation>Hier sofort gelöscht</translation>
    </message>
    <message>
        <source>Kept here for 1 day</source>
        <translation>Hier 1 Tag aufbewahrt</translation>
    </message>
    <message>
        <source>Kept here for {n} days</source>
        <translation>Hier {n} Tage aufbewahrt</translation>
    </message>
    <message>
        <source>As large as your screens</source>
        <translation>So groß wie Ihre Bildschirme</translation>
    </message>
    <message>
        <source>{n} % of the width and height</source>
        <translation>{n} % der Breite und Höhe</translation>
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
        <source>A small window with the screenshot</source>
        <translation>Ein kleines Fenster mit dem Bildschirmfoto</translation>
    </message>
    <message>
        <source>A short message of the desktop</source>
        <translation>Eine kurze Nachricht des Desktops</translation>
    </message>
    <message>
        <source>Screenshots are taken without a word. The window shows them, and deletes them.</source>
        <translation>Bildschirmfotos werden ohne ein Wort gemacht. Das Fenster zeigt sie und kann sie löschen.</translation>
    </message>
    <message>
        <source>It never takes the keyboard from what you are doing.</source>
        <translation>Es nimmt Ihnen nie die Tastatur bei dem, was Sie gerade tun.</translation>
    </message>
    <message>
        <source>This job has no Work View.</source>
        <translation>Dieser Auftrag hat kein Work View.</translation>
    </message>
    <message>
        <source>Recorded without screenshots: the time counts, but is not protected.</source>
        <translation>Ohne Bildschirmfotos aufgezeichnet: Die Zeit zählt, ist aber nicht geschützt.</translation>
    </message>
    <message>
        <source>Set by {variable} in this computer&apos;s environment.</source>
        <translation>Durch {variable} in der Umgebung dieses Computers festgelegt.</translation>
    </message>
    <message>
        <source>No keys</source>
        <translation>Keine Tasten</translation>
    </message>
    <message>
        <source>{name}: no keys</source>
        <translation>{name}: keine Tasten</translation>
    </message>
    <message>
        <source>None. Press the keys here to choose them.</source>
        <translation>Keine. Drücken Sie hier die Tasten.</translation>
    </message>
</context>
<context>
    <name>tiles</name>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Only here yet</source>
        <translation>Nur hier</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>Ungesendet</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgewiesen</translation>
    </message>
    <message>
        <source>Redacted</source>
        <translation>Verdeckt</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>Kein Bild</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>Leerlauf</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Gelöscht</translation>
    </message>
    <message>
        <source>not permitted</source>
        <translation>nicht erlaubt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>misslungen</translation>
    </message>
    <message>
        <source>too late</source>
        <translation>zu spät</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>asleep</source>
        <translation>Ruhezustand</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>no input</source>
        <translation>keine Eingabe</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>Work View off</source>
        <translation>ohne Work View</translation>
    </message>
    <message>
        <source>private</source>
        <translation>privat</translation>
    </message>
    <message>
        <source>Rejected by the client: “{reason}” {time} left the timesheet.</source>
        <translation>Vom Auftraggeber abgelehnt: „{reason}“ {time} sind nicht mehr auf dem Stundenzettel.</translation>
    </message>
    <message>
        <source>Comment: {text}</source>
        <translation>Kommentar: {text}</translation>
    </message>
    <message>
        <source>Screenshot of {taken}, {time}.</source>
        <translation>Bildschirmfoto von {taken}, {time}.</translation>
    </message>
    <message>
        <source>{at}: {time} recorded so far. The screenshot comes at a random moment.</source>
        <translation>{at}: bisher {time} aufgezeichnet. Das Bildschirmfoto kommt zu einem zufälligen Zeitpunkt.</translation>
    </message>
    <message>
        <source>{at}: Computer Idle. No time recorded.</source>
        <translation>{at}: Computer im Leerlauf. Keine Zeit aufgezeichnet.</translation>
    </message>
    <message>
        <source>{at}: you deleted this screenshot, and its time with it.</source>
        <translation>{at}: Sie haben dieses Bildschirmfoto gelöscht, und seine Zeit mit ihm.</translation>
    </message>
    <message>
        <source>{at}: nothing recorded.</source>
        <translation>{at}: nichts aufgezeichnet.</translation>
    </message>
    <message>
        <source>No picture for {at}: {reason} The {time} count, but are not protected.</source>
        <translation>Kein Bild für {at}: {reason} Die {time} zählen, sind aber nicht geschützt.</translation>
    </message>
    <message>
        <source>On this computer only.</source>
        <translation>Nur auf diesem Computer.</translation>
    </message>
    <message>
        <source>Leaves this computer at {until}.</source>
        <translation>Verlässt diesen Computer um {until}.</translation>
    </message>
    <message>
        <source>Waits to be sent.</source>
        <translation>Wartet darauf, gesendet zu werden.</translation>
    </message>
    <message>
        <source>The marketplace refused it; it is kept here.</source>
        <translation>Der Marktplatz hat es nicht angenommen; es bleibt hier erhalten.</translation>
    </message>
    <message>
        <source>it was not taken.</source>
        <translation>Es wurde nicht gemacht.</translation>
    </message>
    <message>
        <source>the system did not permit it.</source>
        <translation>Das System hat es nicht erlaubt.</translation>
    </message>
    <message>
        <source>taking it failed.</source>
        <translation>Die Aufnahme ist misslungen.</translation>
    </message>
    <message>
        <source>its moment passed before it could be taken.</source>
        <translation>Sein Zeitpunkt verging, bevor es gemacht werden konnte.</translation>
    </message>
    <message>
        <source>the screen was locked.</source>
        <translation>Der Bildschirm war gesperrt.</translation>
    </message>
    <message>
        <source>the computer slept.</source>
        <translation>Der Computer war im Ruhezustand.</translation>
    </message>
    <message>
        <source>Fairhour ended unexpectedly.</source>
        <translation>Fairhour wurde unerwartet beendet.</translation>
    </message>
    <message>
        <source>there was no input.</source>
        <translation>Es gab keine Eingabe.</translation>
    </message>
    <message>
        <source>you deleted it.</source>
        <translation>Sie haben es gelöscht.</translation>
    </message>
    <message>
        <source>Work View was off.</source>
        <translation>Work View war aus.</translation>
    </message>
    <message>
        <source>you paused for something private.</source>
        <translation>Sie haben für etwas Privates pausiert.</translation>
    </message>
    <message>
        <source>Delete last screenshot and its 1 minute</source>
        <translation>Letztes Bildschirmfoto und seine 1 Minute löschen</translation>
    </message>
    <message>
        <source>Delete last screenshot and its {n} minutes</source>
        <translation>Letztes Bildschirmfoto und seine {n} Minuten löschen</translation>
    </message>
    <message>
        <source>Delete last screenshot and its {n} seconds</source>
        <translation>Letztes Bildschirmfoto und seine {n} Sekunden löschen</translation>
    </message>
    <message>
        <source>Delete picture and its 1 minute</source>
        <translation>Bild und seine 1 Minute löschen</translation>
    </message>
    <message>
        <source>Delete picture and its {n} minutes</source>
        <translation>Bild und seine {n} Minuten löschen</translation>
    </message>
    <message>
        <source>Delete picture and its {n} seconds</source>
        <translation>Bild und seine {n} Sekunden löschen</translation>
    </message>
</context>
<context>
    <name>viewer</name>
    <message>
        <source>{day}, {time}</source>
        <translation>{day}, {time}</translation>
    </message>
    <message>
        <source>Screenshot of {at}</source>
        <translation>Bildschirmfoto von {at}</translation>
    </message>
    <message>
        <source>Slot of {at}</source>
        <translation>Zeitfenster {at}</translation>
    </message>
    <message>
        <source>This picture is not on this computer any more. It was erased here after it had reached the marketplace, where you can open it.</source>
        <translation>Dieses Bild ist nicht mehr auf diesem Computer. Es wurde hier gelöscht, nachdem es den Marktplatz erreicht hatte; dort können Sie es öffnen.</translation>
    </message>
    <message>
        <source>This picture&apos;s file is missing on this computer, and it was not sent yet.</source>
        <translation>Die Datei dieses Bildes fehlt auf diesem Computer, und es wurde noch nicht gesendet.</translation>
    </message>
    <message>
        <source>Only this small preview is left on this computer. The picture itself was erased here after it had reached the marketplace, where you can open it.</source>
        <translation>Auf diesem Computer ist nur diese kleine Vorschau übrig. Das Bild selbst wurde hier gelöscht, nachdem es den Marktplatz erreicht hatte; dort können Sie es öffnen.</translation>
    </message>
    <message>
        <source>The picture itself is not on this computer any more. It is being fetched from the marketplace…</source>
        <translation>Das Bild selbst ist nicht mehr auf diesem Computer. Es wird vom Marktplatz geholt …</translation>
    </message>
    <message>
        <source>The picture itself is not on this computer any more. Sign in to fetch it from the marketplace.</source>
        <translation>Das Bild selbst ist nicht mehr auf diesem Computer. Melden Sie sich an, um es vom Marktplatz zu holen.</translation>
    </message>
    <message>
        <source>The picture itself is not on this computer any more, and the marketplace can&apos;t be reached. Try again when this computer is online.</source>
        <translation>Das Bild selbst ist nicht mehr auf diesem Computer, und der Marktplatz ist nicht erreichbar. Versuchen Sie es erneut, wenn dieser Computer online ist.</translation>
    </message>
    <message>
        <source>The picture itself was erased, here and at the marketplace. It can&apos;t be brought back.</source>
        <translation>Das Bild selbst wurde gelöscht, hier und auf dem Marktplatz. Es lässt sich nicht zurückholen.</translation>
    </message>
    <message>
        <source>The picture itself is not on this computer any more, and the marketplace has none for the account that is signed in. If you use several accounts, sign in with the one that recorded it.</source>
        <translation>Das Bild selbst ist nicht mehr auf diesem Computer, und der Marktplatz hat keines für das Konto, das angemeldet ist. Wenn Sie mehrere Konten verwenden, melden Sie sich mit dem an, das es aufgenommen hat.</translation>
    </message>
    <message>
        <source>Its format is not known.</source>
        <translation>Sein Format ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Something went wrong inside Fairhour.</source>
        <translation>In Fairhour ist etwas schiefgegangen.</translation>
    </message>
    <message>
        <source>The picture itself could not be fetched: {why} Try again, or open it on the marketplace.</source>
        <translation>Das Bild selbst konnte nicht geholt werden: {why} Versuchen Sie es erneut, oder öffnen Sie es auf dem Marktplatz.</translation>
    </message>
    <message>
        <source>This picture is on this computer, but can&apos;t be read. It is encrypted, and its key is in the system&apos;s keyring: unlock that, and open the picture again.</source>
        <translation>Dieses Bild ist auf diesem Computer, lässt sich aber nicht lesen. Es ist verschlüsselt, und sein Schlüssel liegt im Schlüsselbund des Systems: Entsperren Sie diesen und öffnen Sie das Bild noch einmal.</translation>
    </message>
    <message>
        <source>What is rejected can&apos;t be deleted, nor its comment changed.</source>
        <translation>Was abgelehnt ist, lässt sich nicht löschen, und sein Kommentar nicht ändern.</translation>
    </message>
    <message>
        <source>Its timesheet was submitted: it can&apos;t be deleted any more, nor its comment changed.</source>
        <translation>Sein Stundenzettel ist eingereicht: Es lässt sich nicht mehr löschen, und sein Kommentar nicht mehr ändern.</translation>
    </message>
    <message>
        <source>It is not of the job and week that the window shows now, so it can&apos;t be changed here.</source>
        <translation>Es gehört nicht zu dem Auftrag und der Woche, die das Fenster jetzt zeigt, und kann daher hier nicht geändert werden.</translation>
    </message>
    <message>
        <source>Erased everywhere, for good. Your client sees that it was deleted, not what it showed.</source>
        <translation>Überall gelöscht, für immer. Ihr Auftraggeber sieht, dass es gelöscht wurde, nicht was darauf war.</translation>
    </message>
    <message>
        <source>Opens this screenshot on the marketplace. Within {days} days of a rejection you can answer it there, or have the marketplace&apos;s staff look at it: they uphold it or restore the time.</source>
        <translation>Öffnet dieses Bildschirmfoto auf dem Marktplatz. Binnen {days} Tagen nach einer Ablehnung können Sie dort darauf antworten oder es vom Team des Marktplatzes prüfen lassen: Es bestätigt die Ablehnung oder stellt die Zeit wieder her.</translation>
    </message>
    <message>
        <source>{at} of {count}</source>
        <translation>{at} von {count}</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>1 screenshot</source>
        <translation>1 Bildschirmfoto</translation>
    </message>
    <message>
        <source>{n} screenshots</source>
        <translation>{n} Bildschirmfotos</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>{day} {time} ET</source>
        <translation>{day} {time} ET</translation>
    </message>
    <message>
        <source>{time} your time</source>
        <translation>{time} Ihrer Zeit</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} h</translation>
    </message>
    <message>
        <source>{n} s ago</source>
        <translation>vor {n} s</translation>
    </message>
    <message>
        <source>{n} min ago</source>
        <translation>vor {n} min</translation>
    </message>
    <message>
        <source>{n} h ago</source>
        <translation>vor {n} h</translation>
    </message>
    <message>
        <source>Private until {time}</source>
        <translation>Privat bis {time}</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufzeichnung läuft</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>Paused: screen locked</source>
        <translation>Pause: Bildschirm gesperrt</translation>
    </message>
    <message>
        <source>Paused: computer slept</source>
        <translation>Pause: Computer im Ruhezustand</translation>
    </message>
    <message>
        <source>Paused: restarted</source>
        <translation>Pause: neu gestartet</translation>
    </message>
    <message>
        <source>Paused: no input</source>
        <translation>Pause: keine Eingabe</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Paused: private</source>
        <translation>Pause: privat</translation>
    </message>
    <message>
        <source>Paused: held up</source>
        <translation>Pause: aufgehalten</translation>
    </message>
    <message>
        <source>Paused: logging out</source>
        <translation>Pause: Abmeldung</translation>
    </message>
    <message>
        <source>of {hours} authorized</source>
        <translation>von {hours} genehmigt</translation>
    </message>
    <message>
        <source>{time} above the {hours} authorized: not protected, paid by your client&apos;s hand alone.</source>
        <translation>{time} über den genehmigten {hours}: nicht geschützt und nur bezahlt, wenn Ihr Auftraggeber es selbst tut.</translation>
    </message>
    <message>
        <source>{time} left of {hours} authorized</source>
        <translation>noch {time} von {hours} genehmigt</translation>
    </message>
    <message>
        <source>Record with screenshots (Work View)</source>
        <translation>Mit Bildschirmfotos aufzeichnen (Work View)</translation>
    </message>
    <message>
        <source>Time without screenshots is not protected.</source>
        <translation>Zeit ohne Bildschirmfotos ist nicht geschützt.</translation>
    </message>
    <message>
        <source>Private for {n} min</source>
        <translation>Privat für {n} min</translation>
    </message>
    <message>
        <source>Nothing is recorded, and no screenshot is taken. At the end you are asked whether to resume: it never resumes by itself.</source>
        <translation>Nichts wird aufgezeichnet, und kein Bildschirmfoto wird gemacht. Am Ende werden Sie gefragt, ob es weitergehen soll: Von selbst geht es nie weiter.</translation>
    </message>
    <message>
        <source>What is hidden…</source>
        <translation>Was verdeckt wird …</translation>
    </message>
    <message>
        <source>What is hidden ({n})…</source>
        <translation>Was verdeckt wird ({n}) …</translation>
    </message>
    <message>
        <source>Windows, areas and monitors that are hidden in screenshots, before they are stored.</source>
        <translation>Fenster, Bereiche und Monitore, die in Bildschirmfotos verdeckt werden, bevor sie gespeichert werden.</translation>
    </message>
    <message>
        <source>In this job, time whose screenshot has hidden areas is protected.</source>
        <translation>In diesem Auftrag ist Zeit, deren Bildschirmfoto verdeckte Bereiche hat, geschützt.</translation>
    </message>
    <message>
        <source>Redacted: 1 area.</source>
        <translation>Verdeckt: 1 Bereich.</translation>
    </message>
    <message>
        <source>Redacted: {n} areas.</source>
        <translation>Verdeckt: {n} Bereiche.</translation>
    </message>
    <message>
        <source>In this job, time whose screenshot has hidden areas counts, but is not protected.</source>
        <translation>In diesem Auftrag zählt Zeit, deren Bildschirmfoto verdeckte Bereiche hat, ist aber nicht geschützt.</translation>
    </message>
    <message>
        <source>Count keys and clicks</source>
        <translation>Tasten und Klicks zählen</translation>
    </message>
    <message>
        <source>Your client asks how many keys and clicks there were in each 12 minutes. Only the number is counted, never which ones. Nothing is paid or taken by it.</source>
        <translation>Ihr Auftraggeber fragt, wie viele Tastendrücke und Klicks es in jeweils 12 Minuten gab. Gezählt wird nur die Anzahl, nie welche. Nichts wird danach bezahlt oder abgezogen.</translation>
    </message>
    <message>
        <source>Today {time}</source>
        <translation>Heute {time}</translation>
    </message>
    <message>
        <source>This week {time}</source>
        <translation>Diese Woche {time}</translation>
    </message>
    <message>
        <source>whose picture follows</source>
        <translation>deren Bild noch folgt</translation>
    </message>
    <message>
        <source>without a screenshot</source>
        <translation>ohne Bildschirmfoto</translation>
    </message>
    <message>
        <source>screenshot of an inactive or locked desktop</source>
        <translation>Bildschirmfoto eines untätigen oder gesperrten Desktops</translation>
    </message>
    <message>
        <source>screenshot with hidden areas</source>
        <translation>Bildschirmfoto mit verdeckten Bereichen</translation>
    </message>
    <message>
        <source>Work View was off</source>
        <translation>Work View war aus</translation>
    </message>
    <message>
        <source>the job was Not Ready for payment</source>
        <translation>der Auftrag war nicht bereit zur Zahlung</translation>
    </message>
    <message>
        <source>above the authorized hours</source>
        <translation>über den genehmigten Stunden</translation>
    </message>
    <message>
        <source>rejected by the client</source>
        <translation>vom Auftraggeber abgelehnt</translation>
    </message>
    <message>
        <source>1 segment</source>
        <translation>1 Abschnitt</translation>
    </message>
    <message>
        <source>{n} segments</source>
        <translation>{n} Abschnitte</translation>
    </message>
    <message>
        <source>1 entry of Other hours</source>
        <translation>1 Eintrag Weiterer Stunden</translation>
    </message>
    <message>
        <source>{n} entries of Other hours</source>
        <translation>{n} Einträge Weiterer Stunden</translation>
    </message>
    <message>
        <source>The oldest of it is {time} old.</source>
        <translation>Das Älteste davon wartet seit {time}.</translation>
    </message>
    <message>
        <source>Sending {what}</source>
        <translation>Wird gesendet: {what}</translation>
    </message>
    <message>
        <source>Connecting to the marketplace</source>
        <translation>Verbindung zum Marktplatz wird aufgebaut</translation>
    </message>
    <message>
        <source>Synced {ago}, {what} to follow</source>
        <translation>Synchronisiert {ago}, noch offen: {what}</translation>
    </message>
    <message>
        <source>All synced, {ago}</source>
        <translation>Alles synchronisiert, {ago}</translation>
    </message>
    <message>
        <source>{line}. {n} refused</source>
        <translation>{line}. {n} nicht angenommen</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Nicht angemeldet</translation>
    </message>
    <message>
        <source>Not signed in: {what} kept on this computer</source>
        <translation>Nicht angemeldet: {what} auf diesem Computer</translation>
    </message>
    <message>
        <source>Marketplace not reachable. Recording goes on.</source>
        <translation>Marktplatz nicht erreichbar. Die Aufzeichnung läuft weiter.</translation>
    </message>
    <message>
        <source>Marketplace not reachable. Nothing waits to be sent.</source>
        <translation>Marktplatz nicht erreichbar. Es ist nichts zu senden.</translation>
    </message>
    <message>
        <source>{what} waits</source>
        <translation>{what} wartet</translation>
    </message>
    <message>
        <source>{what} wait</source>
        <translation>{what} warten</translation>
    </message>
    <message>
        <source>recording goes on</source>
        <translation>die Aufzeichnung läuft weiter</translation>
    </message>
    <message>
        <source>nothing is lost</source>
        <translation>nichts ist verloren</translation>
    </message>
    <message>
        <source>Marketplace not reachable. {waiting}; {tail}.</source>
        <translation>Marktplatz nicht erreichbar. {waiting}; {tail}.</translation>
    </message>
    <message>
        <source>Not sent yet: {what}</source>
        <translation>Noch nicht gesendet: {what}</translation>
    </message>
    <message>
        <source>All is sent</source>
        <translation>Alles ist gesendet</translation>
    </message>
    <message>
        <source>This week&apos;s timesheet: what comes later goes on the next one.</source>
        <translation>Stundenzettel dieser Woche: Was später kommt, steht auf dem nächsten.</translation>
    </message>
    <message>
        <source>Last week&apos;s timesheet: what comes later goes on the next one.</source>
        <translation>Stundenzettel der letzten Woche: Was später kommt, steht auf dem nächsten.</translation>
    </message>
    <message>
        <source>Until then your client can reject time of last week, and then pays.</source>
        <translation>Bis dahin kann Ihr Auftraggeber Zeit der letzten Woche ablehnen; danach zahlt er.</translation>
    </message>
    <message>
        <source>Review ends {when}</source>
        <translation>Prüfung endet {when}</translation>
    </message>
    <message>
        <source>Last week submits {when}</source>
        <translation>Letzte Woche wird eingereicht: {when}</translation>
    </message>
    <message>
        <source>Submits {when}</source>
        <translation>Wird eingereicht: {when}</translation>
    </message>
    <message>
        <source>Fast clock: {rate} business seconds pass in each second</source>
        <translation>Schnelle Uhr: In jeder Sekunde vergehen {rate} Sekunden</translation>
    </message>
    <message>
        <source>Screenshot of {at}: leaves this computer at {until}</source>
        <translation>Bildschirmfoto von {at}: verlässt diesen Computer um {until}</translation>
    </message>
    <message>
        <source>{state}: {job}</source>
        <translation>{state}: {job}</translation>
    </message>
    <message>
        <source>{job}. {state}</source>
        <translation>{job}. {state}</translation>
    </message>
    <message>
        <source>Not Ready: {reason}</source>
        <translation>Nicht bereit: {reason}</translation>
    </message>
</context>
</TS>
