export function Page({label}) {
  const Row = ({name}) => <li title={label}>{name}</li>;
  Row.displayName = 'Row';
  Row.propTypes = {};
  async function save(name) {
    'use server';
    const row = Row({name});
    return [row.type, row.props.title, row.props.children];
  }
  save.displayName = 'Save';
  const tagged = Object.assign(
    async () => {
      'use server';
      return label;
    },
    {label: 'tagged'},
  );
  const label2 = async () => {
    'use server';
    return tagged.label;
  };
  return [save, tagged, label2];
}
export async function scenario(call) {
  const [save, tagged, label] = Page({label: 'all'});
  return [save.displayName, tagged.label, await call(save, 'a'), await call(tagged), await call(label)];
}
