'use server';

export async function save({id, title, tags}) {
  return {id, title: title.trim(), saved: true, tags: tags.length};
}

export async function saveForm(form) {
  return {id: Number(form.get('id')), title: form.get('title').trim(), saved: true};
}
