// The files of registers by their paths: content/registers/<register>/<name>.

export const ROOT = "content/registers";

export const registerOf = (path) => path.slice(ROOT.length + 1).split("/")[0];
export const nameOf = (path) => path.slice(path.lastIndexOf("/") + 1);
export const isCsv = (path) => /\.csv$/i.test(path);
export const isSpreadsheet = (path) => /\.(xlsx|xls|ods)$/i.test(path);

/** The name of a new file: of the half-year of a day. */
export const halfYear = (day) => `${day.slice(0, 4)}-h${Number(day.slice(5, 7)) > 6 ? 2 : 1}.csv`;

/** Whether a new file may have this name. */
export const isHalfYear = (name) => /^\d{4}-h[12]\.csv$/.test(name || "");

/** Where the git host shows a file to people. */
export const webAddress = ({ backend, web, repository, branch }, path) => {
  const folder = { github: "blob", gitea: "src/branch", gitlab: "-/blob" }[backend];
  return `${web}/${repository}/${folder}/${branch}/${path.split("/").map(encodeURIComponent).join("/")}`;
};
