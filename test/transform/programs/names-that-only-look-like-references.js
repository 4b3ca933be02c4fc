function Page(value, label, key, tag) {
  async function save(input) {
    'use server';
    const object = {value: 1, label() {
      return 'method';
    }, get key() {
      return 'getter';
    }, 'tag': 2};
    const {value: renamed, ['key']: computed} = object;
    class Local {
      value = 3;
      static label = 4;
      #key = 5;
      key() {
        return this.#key;
      }
    }
    label: for (const item of [1]) {
      if (item) continue label;
      break label;
    }
    const local = new Local();
    const element = (x) => x.value?.label ?? x.tag;
    import.meta.label;
    return [renamed, computed, object.label(), local.value, Local.label, local.key(), element(object), input.key];
  }
  return save;
}
export async function scenario(call) {
  const unserialisable = () => {};
  return call(Page(unserialisable, unserialisable, unserialisable, unserialisable), {key: 'input'});
}
