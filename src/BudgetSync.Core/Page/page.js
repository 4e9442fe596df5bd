// Sorts, filters and searches the table of budgets. The page can be read without it: all lines stand in the table already. With it, the table holds as many
// lines as are looked at, so that ten thousand sort in a moment.
"use strict";
(() => {
  const table = document.getElementById("budgets");
  const tools = document.getElementById("tools");
  if (!table || !tools) return;
  const body = table.tBodies[0];
  const all = [...body.rows];
  const Page = 200;
  const Spend = ["Unknown", "Unused", "Under", "OnTarget", "Over", "Critical", "Shutdown"];
  const column = { budget: 2, spend: 8, row: 9 };
  let shown = Page;
  let order = { index: -1, down: false };
  let found = all;

  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const text = (row, index) => row.cells[index].textContent.trim();
  const keys = new Map();
  // Read once a column and kept: a number where the column is of numbers, nothing last.
  const key = (row, index) => {
    let list = keys.get(index);
    if (!list) keys.set(index, list = new Map(all.map(each => [each, value(text(each, index), index)])));
    return list.get(row);
  };
  const value = (cell, index) => {
    if (cell === "–" || cell === "") return null;
    if (index === column.spend) return Spend.indexOf(cell);
    if (index >= 3 && index <= 6) return parseFloat(cell.replaceAll(",", ""));
    return cell.toLowerCase();
  };
  const compare = (a, b) => {
    const [one, other] = [key(a, order.index), key(b, order.index)];
    if (one === other) return 0;
    if (one === null) return 1;
    if (other === null) return -1;
    return (one < other ? -1 : 1) * (order.down ? -1 : 1);
  };

  let words = null;
  const search = make("input", { type: "search", autocomplete: "off" });
  const choice = index => {
    const values = [...new Set(all.map(each => text(each, index)))].sort();
    return make("select", {}, make("option", { value: "", textContent: "all" }), ...values.map(each => make("option", { value: each, textContent: each })));
  };
  const spend = choice(column.spend);
  const row = choice(column.row);
  const count = make("output", {});
  count.setAttribute("aria-live", "polite");
  const more = make("button", { type: "button" });
  const every = make("button", { type: "button", textContent: "show all" });

  const number = count => count.toLocaleString("en");
  const hasBudget = row => text(row, column.budget) !== "";
  const allBudgets = all.filter(hasBudget).length;
  const show = () => {
    body.replaceChildren(...found.slice(0, shown));
    const budgets = found.filter(hasBudget).length;
    count.textContent = `${number(budgets)} of ${number(allBudgets)} budgets`
      // An account without a budget has a line too, and is counted as what it is.
      + (allBudgets < all.length ? `, ${number(found.length - budgets)} of ${number(all.length - allBudgets)} accounts without a budget` : "")
      + (found.length > shown ? `, ${shown} shown` : "");
    more.hidden = every.hidden = found.length <= shown;
    more.textContent = `show ${Page} more`;
  };
  const filter = () => {
    const wanted = search.value.trim().toLowerCase();
    if (wanted && !words) words = new Map(all.map(each => [each, each.textContent.toLowerCase()]));
    found = all.filter(each => (!wanted || words.get(each).includes(wanted))
      && (!spend.value || text(each, column.spend) === spend.value)
      && (!row.value || text(each, column.row) === row.value));
    if (order.index >= 0) found.sort(compare);
    shown = Page;
    show();
  };

  [...table.tHead.rows[0].cells].forEach((cell, index) => {
    const button = make("button", { type: "button", textContent: cell.textContent });
    button.addEventListener("click", () => {
      const numeric = index >= 3 && index <= 8 && index !== 7;
      order = order.index === index ? { index, down: !order.down } : { index, down: numeric };
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      filter();
    });
    cell.replaceChildren(button);
  });
  for (const control of [search, spend, row]) control.addEventListener("input", filter);
  more.addEventListener("click", () => { shown += Page; show(); });
  every.addEventListener("click", () => { shown = found.length; show(); });
  // A link to a part opens it.
  const open = () => {
    const part = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (part instanceof HTMLDetailsElement) part.open = true;
  };
  addEventListener("hashchange", open);

  tools.append(make("label", {}, "Search", search), make("label", {}, "Spend", spend), make("label", {}, "Row", row), count);
  tools.hidden = false;
  table.parentElement.after(make("p", {}, more, " ", every));
  show();
  open();
})();
