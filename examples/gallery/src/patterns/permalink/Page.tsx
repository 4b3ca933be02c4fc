import type {DemoProps} from '../../app/Demo.tsx';
import {Newsletter} from './Newsletter.tsx';

export default function Page({searchParams}: DemoProps) {
  const isPermalink = searchParams.has('newsletter');
  return (
    <>
      <p>
        This is <output>{isPermalink ? 'the page of the newsletter' : 'any page'}</output>
      </p>
      <Newsletter />
    </>
  );
}
