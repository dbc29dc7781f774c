// Which file of which register is opened: the list of registers, the files of the open one, and the file that an address names.
import { counted, element, part } from "./dom.js";
import { halfYear, isCsv, isHalfYear, isSpreadsheet, nameOf, registerOf, ROOT, webAddress } from "./register_files.js";

export class RegisterChooser {
  #files;

  /** `files` of all registers, as the host lists them; `day` is today in Kyiv. */
  constructor({ rules, host, day, files }) {
    Object.assign(this, { rules, host, day });
    this.#files = files;
    part("chooser").hidden = false;
  }

  titleOf(register) {
    return this.rules.registers.find(({ id }) => id === register)?.title || register;
  }

  has(path) {
    return this.#files.some((file) => file.path === path);
  }

  /** The host has this file now. */
  note(path) {
    if (!this.has(path)) this.#files.push({ path, name: nameOf(path), isFolder: false });
  }

  #registers() {
    const found = this.#files.filter(({ path }) => path.slice(ROOT.length + 1).includes("/")).map(({ path }) => registerOf(path));
    return [...new Set([...this.rules.registers.map(({ id }) => id), ...found])];
  }

  #filesOf(register) {
    return this.#files.filter(({ path }) => registerOf(path) === register && path.includes("/", ROOT.length + 1));
  }

  /** The paths of a register's CSV files. */
  tablesOf(register) {
    return this.#filesOf(register).map(({ path }) => path).filter(isCsv);
  }

  /** The register and the file that the address names, `#newspaper` or `#newspaper/2021-h2.csv`; null for no register. */
  named() {
    const [register, name] = namesInAddress();
    if (!register || !this.#registers().includes(register)) return null;
    const path = `${ROOT}/${register}/${name}`;
    return { register, path: this.tablesOf(register).includes(path) || isHalfYear(name) ? path : this.#usualFile(register) };
  }

  /** The file of the current half-year, also while it has no row yet; in a register that is not kept by half-years its last one. */
  #usualFile(register) {
    const tables = this.tablesOf(register).sort();
    const current = `${ROOT}/${register}/${halfYear(this.day)}`;
    return tables.includes(current) || !tables.length || tables.some((path) => isHalfYear(nameOf(path))) ? current : tables.at(-1);
  }

  /** The address names the open file again. */
  nameInAddress({ register, path }) {
    history.replaceState(null, "", `#${register}/${nameOf(path)}`);
  }

  showRegisters(opened) {
    part("registers").replaceChildren(...this.#registers().map((register) =>
      element("li", {}, element("a", { href: `#${register}`, "aria-current": opened?.register === register ? "true" : false },
        element("span", { class: "register-list__title" }, this.titleOf(register)),
        element("span", { class: "hint" }, `${register} · ${counted(this.#filesOf(register).length, ["файл", "файли", "файлів"])}`))),
    ));
  }

  showFiles({ register, path }) {
    const tables = this.tablesOf(register);
    if (!tables.includes(path)) tables.push(path);
    part("file").replaceChildren(...tables.map((file) => element("option", { value: file }, nameOf(file))));
    part("file").value = path;
    const next = `${ROOT}/${register}/${halfYear(this.day)}`;
    part("new-file").hidden = tables.includes(next);
    part("new-file").textContent = `Новий файл ${nameOf(next)}`;
    part("new-file").dataset.path = next;
    const spreadsheets = this.#filesOf(register).filter((file) => isSpreadsheet(file.path));
    part("spreadsheets").hidden = !spreadsheets.length;
    part("spreadsheets").replaceChildren(
      element("p", {}, "Таблиці Excel і LibreOffice тут не редагують: завантажте файл, змініть його у своїй програмі й покладіть назад."),
      element("ul", {}, spreadsheets.map((file) => element("li", {}, element("a", { href: webAddress(this.host, file.path), rel: "noreferrer" }, nameOf(file.path))))),
    );
  }
}

const namesInAddress = () => {
  try {
    return decodeURIComponent(location.hash.slice(1)).split("/");
  } catch {
    return []; // an address that was cut off
  }
};
