// Sends an open register to the git host as one commit, with the version that its changes were made from. If a colleague has
// saved the file meanwhile, the rows of both are put together and sent again; what both have changed a person decides.
import { openTable } from "./register_table.js";
import { merged } from "./table_merge.js";

const MAY_BE_WRITTEN = new Set(["network", "host"]); // refusals after which the commit may exist all the same

/**
 * Saves what is open and says how that has ended, { what, … }:
 * saved – `added` rows of a colleague are in it, too, undefined if there was none; closed – another file was open before it was
 * sent; left – another file was opened while a colleague's was read, and nothing was saved; conflicts – a person decides first; same – the colleague had saved just this; wrong – beside the colleague's rows
 * one of ours has an error; apart – the tables have no common form, `error` is the host's.
 *
 * While the host is asked, the table can be changed further and another file can be opened: `isOpen` says whether it still
 * is this one, and `shown` is called when it has become another table.
 */
export const saveRegister = async (client, opened, { title, isOpen, shown }) => {
  let added;
  for (;;) {
    if (!isOpen()) return { what: "closed" };
    const { path, table, sha } = opened;
    const message = `Журнал «${title}»: ${opened.summary}`.replaceAll("\u00a0", " ");
    try {
      const { shas } = await client.commit({ message, files: [{ path, bytes: opened.bytes, sha }] });
      opened.take(table, shas[path]);
      return { what: "saved", added };
    } catch (error) {
      if (MAY_BE_WRITTEN.has(error.kind)) opened.noteSent(table);
      if (error.kind !== "conflict") throw error;
      const joined = await joinColleague(client, opened, { error, isOpen });
      if (joined.what !== "joined") return joined;
      added = joined.added === undefined ? added : (added ?? 0) + joined.added;
      shown();
    }
  }
};

// What is to be done about another version at the host; «joined»: send what is ours beyond it.
const joinColleague = async (client, opened, { error, isOpen }) => {
  const found = await client.readFile(opened.path);
  if (!isOpen()) return { what: "left" };
  const own = found && opened.sentAs(found.bytes);
  if (own) {
    // No colleague: what we sent was written, only the answer got lost.
    opened.take(own, found.sha);
    return { what: opened.hasChanges ? "joined" : "saved" };
  }
  const result = found && merged(opened.base, opened.table, openTable(opened.rules, found.bytes));
  if (!result) return { what: "apart", error };
  opened.join(found.sha, result);
  if (opened.conflicts.length) return { what: "conflicts" };
  if (!opened.hasChanges) return { what: "same" };
  return opened.wrongRows.length ? { what: "wrong" } : { what: "joined", added: result.added };
};
