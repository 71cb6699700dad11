/** Invented news about real places and offices; the private people in it do not exist. */
export const EXAMPLES: readonly { readonly title: string; readonly text: string }[] = [
  {
    title: 'Summit',
    text: `Toqajew empfängt OVKS-Vertreter in Astana

Astana/Brüssel (dpa) – Der kasachische Präsident Qassym-Schomart Toqajew hat am Montag in Nur-Sultan Vertreter der Organisation des Vertrags über kollektive Sicherheit empfangen. Bei dem Treffen der OVKS ging es um die Folgen des Russland-Ukraine-Kriegs für Zentralasien. Toqajews Sprecherin Aigerim Dossanowa sagte, Moskau und Kiew müssten wieder miteinander reden.

EU-Kommissionspräsidentin Ursula von der Leyen nannte die Gespräche in Brüssel »hilfreich«. Auch Großbritannien und die Vereinten Nationen seien eingeladen worden. Der CDU-Außenpolitiker Henning Brockstedt warnte in der Süddeutschen Zeitung davor, die kasachischen Pipelines zu vergessen: »Wer über Putin spricht, darf über Öl nicht schweigen.«`,
  },
  {
    title: 'Business',
    text: `Volkswagen und Siemens bauen in Leipzig

Leipzig. Der Autobauer Volkswagen und Siemens aus München wollen bis 2028 gemeinsam eine Batteriefabrik in Sachsen errichten. Das kündigte VW-Vorstand Katharina Reuschel am Donnerstag bei einem Besuch im Leipziger Werk an. Rund 1200 Menschen sollen dort arbeiten, sagte Reuschel; die Wolfsburger investieren nach eigenen Angaben 1,4 Milliarden Euro.

Die IG Metall begrüßte die Pläne. Ihr Bezirksleiter Torsten Wiegmann verlangte jedoch, dass der Flächentarif auch für Leiharbeiter gelte. Die Deutsche Bahn prüft unterdessen einen Gleisanschluss. Konkurrenz kommt aus Schweden: Northvolt hatte in Schleswig-Holstein bauen wollen, ehe das Unternehmen in Schwierigkeiten geriet. Die Commerzbank riet Anlegern am Freitag in Frankfurt am Main, Siemens-Aktien zu halten.`,
  },
  {
    title: 'Sport',
    text: `Freiburger feiern späten Sieg in Dortmund

Dortmund – Der SC Freiburg hat Borussia Dortmund mit 2:1 geschlagen. Vor 81 000 Zuschauern im Westfalenstadion traf der Schweizer Linus Aebischer in der 89. Minute für die Breisgauer. »Wir haben bis zum Schluss daran geglaubt«, sagte Trainer Julian Schuster. Der BVB rutscht damit in der Bundesliga auf Platz sechs ab.

In der Champions League erwarten die Dortmunder am Mittwoch Real Madrid. Die Spanier reisen ohne ihren verletzten Kapitän an, wie die Zeitung Marca berichtete. Für Freiburg geht es am Sonntag gegen Werder Bremen weiter; der Hamburger Schiedsrichter Ole Petersen leitet die Partie.`,
  },
  {
    title: 'Spellings',
    text: `Viele Schreibungen, ein Name: Wladimir Putin, Vladimir Poutine, Putins Sprecher. Wolodymyr Selenskyj, Zelenskyy, Zelens'kyj. Xi Jinping und Hsi Chin-p'ing. MÜNCHEN, Muenchen, die Münchner Polizei. Niedersachsen, Niedersachens Minister. Die Deutsche Bahn, der Deutschen Bahn. Die Vereinten Nationen, die UNO, UN-Generalsekretär António Guterres.`,
  },
]
