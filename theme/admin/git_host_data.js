// What the page says of the git host: { backend, api, web, repository, branch, base }.

export const gitHost = JSON.parse(document.getElementById("git-host").textContent);
