import Markdown, { type Components } from 'react-markdown';
import { splitTables, type Table } from './split-tables';

const components: Components = {
  // headings sit below the page's own
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
  h4: ({ children }) => <h5>{children}</h5>,
  a: ({ children, href }) => (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  ),
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a long block scrolls, and keyboards must reach it
  pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
  img: ({ alt }) => <span>{alt}</span>,
};
const inCell: Components = { ...components, p: ({ children }) => children };

/** A recipe's README, drawn on the server, so that no browser loads a Markdown parser. Raw HTML in it stays text; its own title is left out, since the page has it. */
export function Readme({ text }: { text: string }) {
  const parts = splitTables(text.replace(/^\s*# .*\n/, ''));
  return (
    <div className="prose px-5 py-5">
      {parts.map((part, index) =>
        typeof part === 'string' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
          <Markdown key={index} components={components}>
            {part}
          </Markdown>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
          <TableView key={index} table={part} />
        ),
      )}
    </div>
  );
}

function TableView({ table }: { table: Table }) {
  const cell = (text: string) => <Markdown components={inCell}>{text}</Markdown>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, and keyboards must reach it
    <div className="overflow-x-auto" tabIndex={0}>
      <table>
        {table.head.some(Boolean) && (
          <thead>
            <tr>
              {table.head.map((text, column) =>
                text ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
                  <th key={column} scope="col">
                    {cell(text)}
                  </th>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
                  <td key={column} />
                ),
              )}
            </tr>
          </thead>
        )}
        <tbody>
          {table.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
            <tr key={index}>
              {row.map((text, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
                <td key={column}>{cell(text)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
