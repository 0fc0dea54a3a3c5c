import { Fragment } from "react";

/**
 * Text that is compared byte by byte: where it must wrap, it does so where a part of its path ends, or with `names` a
 * word of a name. Nothing is added to what is read out or copied. It wraps even where white space does not.
 */
export function Breakable({ text, names = false }: { text: string; names?: boolean }) {
  return text.split(names ? /(?<=_)/ : /(?<=[^/:]\/|[?&])/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
