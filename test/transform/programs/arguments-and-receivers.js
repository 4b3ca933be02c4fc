function Page(list, text, tag, box) {
  async function counted() {
    'use server';
    const inArrow = () => arguments.length;
    return [arguments.length, [...arguments], inArrow(), list.length];
  }
  async function ownThis() {
    'use server';
    function plain() {
      return typeof this;
    }
    const object = {
      n: 1,
      get() {
        return this.n;
      },
      nested: {arrow: () => 2},
    };
    class Local {
      static s = 's';
      static t = this.s;
      #p = 'private';
      read() {
        return new.target ?? this.#p;
      }
      has(o) {
        return #p in o;
      }
      static {
        this.u = super.toString.name;
      }
    }
    class Sub extends Local {
      constructor() {
        super();
        this.made = new.target.name;
      }
      read() {
        return super.read() + '!';
      }
    }
    const local = new Sub();
    return [plain(), object.get(), Local.t, Local.u, local.made, local.read(), local.has({}), list];
  }
  async function receivers() {
    'use server';
    return [
      list.concat(3),
      list.at?.(-1),
      list?.at?.(0),
      list['at'](0),
      (list.at)(0),
      list?.slice(0, 1)?.concat?.(9),
      list.missing?.(),
      list.missing?.deep.deeper(),
      text.trim().length,
      text?.['trim'](),
      `${text.length}`,
      box.inner.list.map((x) => x * 2),
      box?.inner?.text.toUpperCase(),
      typeof box.inner.nothing,
      'list' in box.inner,
      delete {...box}.inner,
    ];
  }
  async function tagged() {
    'use server';
    const local = (strings, ...values) => [strings.raw.join('|'), ...values];
    return [local`a${text}b${box.inner.text}\n`, String.raw`${list}\t`];
  }
  return {counted, ownThis, receivers, tagged};
}
export async function scenario(call) {
  const page = Page([1, 2], ' t ', null, {inner: {list: [4], text: 'x'}, other: 1});
  delete page.receivers.nothing;
  return [
    await call(page.counted, 1, undefined, 3),
    await call(page.counted),
    await call(page.ownThis),
    await call(page.receivers),
    await call(page.tagged),
  ];
}
