import Markdown, { type Components } from 'react-markdown';
import { Fixed } from '@/components/ui/fixed';
import { ScrollBox } from '@/components/ui/scroll-box';
import { webLink } from '@/lib/inputs/link';
import { splitTables, type Table } from './split-tables';

const components: Components = {
  // headings sit below the page's own
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
  h4: ({ children }) => <h5>{children}</h5>,
  a: ({ children, href }) => {
    const link = webLink(href ?? '');
    if (link === undefined) return <span>{children}</span>;
    return (
      <a href={link} target="_blank" rel="noreferrer">
        {children}
      </a>
    );
  },
  pre: ({ children }) => (
    <ScrollBox className="code">
      <pre>{children}</pre>
    </ScrollBox>
  ),
  img: ({ alt }) => <span>{alt}</span>,
};
const inCell: Components = { ...components, p: ({ children }) => children };

/** A recipe's README, drawn on the server, so that no browser loads a Markdown parser. Raw HTML in it stays text; its own title is left out, since the page has it. */
export function Readme({ text, language }: { text: string; language: string }) {
  const parts = splitTables(text.replace(/^\s*# .*\n/, ''));
  return (
    <div lang={language} className="prose px-5 py-5">
      <Fixed items={parts}>
        {(part) => (typeof part === 'string' ? <Markdown components={components}>{part}</Markdown> : <TableView table={part} />)}
      </Fixed>
    </div>
  );
}

function TableView({ table }: { table: Table }) {
  const cell = (text: string) => <Markdown components={inCell}>{text}</Markdown>;
  return (
    <ScrollBox className="overflow-x-auto">
      <table>
        {table.head.some(Boolean) && (
          <thead>
            <tr>
              <Fixed items={table.head}>{(text) => (text ? <th scope="col">{cell(text)}</th> : <td />)}</Fixed>
            </tr>
          </thead>
        )}
        <tbody>
          <Fixed items={table.rows}>
            {(row) => (
              <tr>
                <Fixed items={row}>{(text) => <td>{cell(text)}</td>}</Fixed>
              </tr>
            )}
          </Fixed>
        </tbody>
      </table>
    </ScrollBox>
  );
}
