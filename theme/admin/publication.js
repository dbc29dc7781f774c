// The window in which `make serve` publishes the site: what is being done, in words, its questions as buttons, how it has ended.
//
// The words of the terminal, which whoever looks after the site may ask for, lie folded below.
import { element } from "./dom.js";

const PAUSE = 400; // ms between two looks at a publication
const NOT_SAID = "Завадило те, чого на цій сторінці не виправити.";
const SHOW = "Якщо не вийде й удруге, покажіть подробиці тому, хто доглядає за сайтом.";
const NO_ANSWER = "Програма, яка тримає цю сторінку, не відповідає. Публікація, якщо вона почалася, триває без неї.";

/** The window and the button that opens it; `ask` asks the server, `formOf` gives the address of the form of a file. */
export class PublicationWindow {
  #ask;
  #formOf;
  #lines = 0;
  #number = 0;
  #question = 0;
  #isFollowing = false;
  #hasLeft = false; // the person has answered a question by not publishing
  #steps = element("ol", { class: "local-publication__steps", "aria-label": "Що зроблено" });
  #form = element("form", { class: "local-publication__question", hidden: true });
  #outcome = element("p", { class: "local-publication__outcome", role: "status" });
  #problems = element("ul", { class: "local-publication__problems", hidden: true });
  #log = element("div", { class: "local-publication__log", tabindex: "0", role: "region", "aria-label": "Подробиці" });
  #details = element("details", { class: "local-publication__details", hidden: true },
    element("summary", {}, "Подробиці для того, хто доглядає за сайтом"), this.#log);
  #start = element("button", { class: "local-bar__button local-bar__button--main", type: "button", click: () => this.#begin() }, "Опублікувати");
  #close = element("button", { class: "local-bar__button", type: "button", click: () => this.element.close() }, "Закрити");
  button = element("button", { class: "local-bar__button local-bar__button--main", type: "button", click: () => this.open() }, "Опублікувати");
  element = element("dialog", { class: "local-publication", "aria-labelledby": "local-publication-title" },
    element("h2", { id: "local-publication-title", class: "local-publication__title" }, "Публікація сайту"),
    this.#steps, this.#form, this.#outcome, this.#problems, this.#details,
    element("div", { class: "local-publication__buttons" }, this.#start, this.#close));

  constructor(ask, formOf) {
    this.#ask = ask;
    this.#formOf = formOf;
  }

  async open() {
    this.element.showModal();
    await this.#follow();
  }

  async #begin() {
    this.#start.disabled = true;
    this.#hasLeft = false;
    this.#say("Починаю публікацію…");
    this.#showProblems([]);
    this.#steps.replaceChildren();
    try {
      await this.#ask("publication", { body: {} });
    } catch (fault) {
      this.#say(fault.message, "bad");
    }
    await this.#follow();
  }

  async #answer(number, text, leaves) {
    this.#form.hidden = true;
    this.#hasLeft = leaves;
    try {
      await this.#ask("publication/answer", { body: { number, answer: text } });
    } catch (fault) {
      this.#say(fault.message, "bad");
    }
  }

  /** The open question: its answers as buttons that say what they do, or a line of words. */
  #showQuestion(open) {
    if (!open) {
      this.#form.hidden = true;
      return;
    }
    if (open.number === this.#question) return;
    this.#question = open.number;
    const button = (words, click, isMain) =>
      element("button", { class: `local-bar__button${isMain ? " local-bar__button--main" : ""}`, type: click ? "button" : "submit", click }, words);
    const details = element("ul", { class: "local-publication__list" }, open.details.map((line) => element("li", { class: line.endsWith(":") ? "local-publication__heading" : false }, line)));
    if (open.choices.length) {
      const buttons = open.choices.map(([value, label]) => button(label, () => this.#answer(open.number, value, label.startsWith("Не "))));
      this.#form.replaceChildren(element("p", { class: "local-publication__words" }, open.words), details, ...buttons);
    } else {
      const field = element("input", { class: "local-publication__answer", id: "local-answer", name: "answer", maxlength: "300", autocomplete: "off" });
      field.value = open.default;
      this.#form.replaceChildren(
        details, element("label", { for: field.id, class: "local-publication__words" }, open.words), field,
        button(open.default ? "Зберегти й публікувати" : "Далі", null, true),
        button("Не публікувати", () => this.#answer(open.number, null, true)),
      );
    }
    this.#form.onsubmit = (event) => {
      event.preventDefault();
      this.#answer(open.number, this.#form.elements.answer.value, false);
    };
    this.#form.hidden = false;
    this.#form.querySelector("input, button").focus();
  }

  #say(words, tone = "", address = "") {
    const link = address && element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, address);
    this.#outcome.replaceChildren(words, ...(link ? [" ", link] : []));
    this.#outcome.dataset.tone = tone;
  }

  #showOutcome(state) {
    const { number, running, obstacle, question } = state;
    this.#start.hidden = Boolean(obstacle) || running;
    this.#start.disabled = false;
    this.#start.textContent = number ? "Опублікувати ще раз" : "Опублікувати";
    this.button.textContent = running ? "Публікую…" : "Опублікувати";
    if (obstacle) this.#say(obstacle, "bad");
    else if (running) this.#say(question ? "Публікація чекає на вашу відповідь." : "Публікація триває. Це вікно можна закрити.");
    else if (!number) this.#say("Сайт буде перевірено, побудовано й викладено в мережу. Перед тим буде показано, що саме зміниться.");
    else this.#showEnd(state);
    this.#showProblems(running ? [] : state.problems);
  }

  #showEnd({ status, end, problems }) {
    const address = end?.address ? `${end.address}/` : "";
    const failed = status !== 0 && end && end.end !== "refused"; // afterwards: copies on other hosts
    const note = failed ? " Не все після публікації вдалося: покажіть подробиці тому, хто доглядає за сайтом." : "";
    if (end?.end === "published") this.#say(`Опубліковано.${note} За кілька хвилин зміни побачать читачі${address ? ":" : "."}`, "good", address);
    else if (end?.end === "unchanged") this.#say(`На сайті вже саме це: публікувати нічого.${note}`, "good", address);
    else if (end?.end === "stored") this.#say("Не опубліковано: сайт записано лише на цьому комп’ютері, бо до нього не під’єднано сховища в мережі. Скажіть про це тому, хто доглядає за сайтом.", "bad");
    else if (this.#hasLeft) this.#say("Не опубліковано: так ви вирішили. Написане лишилося на цьому комп’ютері.", "wait");
    else if (status === 2 && problems.length) this.#say("Не опубліковано: у матеріалах є помилки. Виправте їх і опублікуйте ще раз.", "bad");
    else if (end?.end === "refused") this.#say(["Не опубліковано.", ...end.lines].join(" "), "bad");
    else this.#say(`Не опубліковано. ${NOT_SAID} ${SHOW}`, "bad");
  }

  #showProblems(problems) {
    this.#problems.hidden = !problems.length;
    this.#problems.replaceChildren(...problems.map(({ path, line, message, fix }) => {
      const form = this.#formOf(path);
      const place = form ? element("a", { href: form, click: () => this.element.close() }, path) : element("b", {}, path);
      return element("li", {}, place, `, рядок ${line}: ${message}${fix ? `, ${fix}` : ""}`);
    }));
  }

  #showSteps({ steps, running }) {
    this.#steps.replaceChildren(...steps.map((words, index) => {
      const isNow = running && index === steps.length - 1;
      return element("li", { class: "local-publication__step", "aria-current": isNow ? "step" : false }, isNow ? `${words}…` : words);
    }));
  }

  async #follow() {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    try {
      for (;;) {
        const state = await this.#ask(`publication?since=${this.#lines}`);
        if (state.number !== this.#number) {
          const isNew = this.#lines > 0;
          this.#number = state.number;
          this.#lines = this.#question = 0;
          this.#log.replaceChildren();
          if (isNew) continue;
        }
        this.#lines += state.lines.length;
        this.#log.append(...state.lines.map((line) => element("p", { class: "local-publication__line" }, line || "\u00a0")));
        this.#details.hidden = !this.#lines;
        this.#showSteps(state);
        this.#showQuestion(state.question);
        this.#showOutcome(state);
        if (!state.running) break;
        await new Promise((done) => setTimeout(done, PAUSE));
      }
    } catch (fault) {
      this.#say(fault.status ? fault.message : NO_ANSWER, "bad");
    } finally {
      this.#isFollowing = false;
    }
  }
}
