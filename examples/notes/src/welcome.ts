/** The notes of a new database. They say what there is to try. */
export const welcomeNotes = [
  {
    title: 'Welcome: what you press here runs on a server',
    body: 'Add, search, pin, edit and delete call async functions with “use server” in them. The page holds a name for each, and nothing of their code. “How this works” shows which one was called last.',
    pinned: true,
  },
  {
    title: 'Switch JavaScript off',
    body: 'In Chrome: F12, then Ctrl+Shift+P and “Disable JavaScript”, then reload. All of this goes on working: the browser posts the forms by itself, to the same functions.',
    pinned: false,
  },
  {
    title: 'Edit while you are offline',
    body: 'F12, Network, “Offline”. Edit this note and save: your text stays, and “Try again” sends the same call when you are back.',
    pinned: false,
  },
  {
    title: 'Open this page in two tabs',
    body: 'Edit this note in both. The second tab to save hears of the first, and overwrites nothing unseen. Or delete it in one while you edit it in the other: no text is lost.',
    pinned: false,
  },
  {
    title: 'Add an image',
    body: 'Press “Image” below. The upload shows how far it is, goes into the database, and is a form like the others.',
    pinned: false,
  },
];
