const ui = {Row: 'row-tag', deep: {Cell: 'cell-tag'}};
function Page({id, Tag, parts}) {
  const local = 'div';
  const Local = 'local-tag';
  return (
    <form
      action={async (x) => {
        'use server';
        return ['attribute', id, x];
      }}
      {...{
        spread: async (x) => {
          'use server';
          return ['spread', id, x];
        },
      }}
    >
      text
      {async (x) => {
        'use server';
        return ['child', id, x];
      }}
      <>
        {id && (
          <b
            on-click={async (x) => {
              'use server';
              const element = (
                <Tag local={local} xlink:href="x">
                  <parts.Item />
                  <ui.deep.Cell />
                  <Local />
                  <local />
                  <div id={id} />
                </Tag>
              );
              const [item, cell, tag, plain, div] = element.props.children;
              return [element.type, element.props.local, item.type, cell.type, tag.type, plain.type, div.props.id, x];
            }}
          />
        )}
      </>
    </form>
  );
}
export async function scenario(call) {
  const form = Page({id: 1, Tag: 'tag', parts: {Item: 'item-tag', secret: () => {}}});
  const [, child, fragment] = form.props.children;
  const fns = [form.props.action, form.props.spread, child, fragment.props.children.props['on-click']];
  const results = [];
  for (const fn of fns) results.push(await call(fn, 'x'));
  return results;
}
