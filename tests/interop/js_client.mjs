// A client whose operations are called by name, so that what was called can be held against what the package has.
let passed = 0;
const failed = [];

export function report(name, problem) {
  console.log(`${problem ? "failed" : "passed"} js ${name}`);
  if (!problem) return void ++passed;
  failed.push(name);
  console.log(String(problem).split("\n").slice(0, 12).map((line) => "         " + line).join("\n"));
}

export function close() {
  console.log(`${passed} passed, ${failed.length} failed`);
  process.exit(failed.length ? 1 : 0);
}

// What a caller gets in the end: of a pager all elements, of a poller its result.
async function finished(answer) {
  if (answer && typeof answer[Symbol.asyncIterator] === "function" && typeof answer.byPage === "function") {
    const all = [];
    for await (const each of answer) all.push(each);
    return all;
  }
  const settled = await answer;
  return settled && typeof settled.pollUntilDone === "function" ? settled.pollUntilDone() : settled;
}

// Not operations of the service: what every object has, and the parts that pagers are made of.
function isOperation(operations, name) {
  return typeof operations[name] === "function" && !(name in Object.prototype) && !name.startsWith("_") &&
    !/Paging(Page|All)$/.test(name);
}

export class Client {
  constructor(client) {
    this.client = client;
    this.title = client.constructor.name;
    this.called = new Set();
  }

  operations() {
    const names = new Set();
    for (const [group, operations] of Object.entries(this.client)) {
      if (!operations || typeof operations !== "object" || group.startsWith("_") || group === "pipeline") continue;
      const members = [...Object.keys(operations), ...Object.getOwnPropertyNames(Object.getPrototypeOf(operations))];
      for (const name of members) if (isOperation(operations, name)) names.add(`${group}.${name}`);
    }
    return names;
  }

  // What takes long has a name without `begin` since the clients of 2025.
  named(name) {
    const [group, operation] = name.split(".");
    if (operation in this.client[group]) return name;
    return `${group}.begin${operation[0].toUpperCase()}${operation.slice(1)}`;
  }

  call(wanted, ...args) {
    const name = this.named(wanted);
    this.called.add(name);
    const [group, operation] = name.split(".");
    return finished(this.client[group][operation](...args));
  }

  // The operation works, and `sees` finds in its answer what must be there. Gives back the answer.
  async step(name, args, sees = () => true, label = "") {
    const title = `${this.title}.${name}${label && ", " + label}`;
    try {
      const answer = await this.call(name, ...args);
      let seen = false;
      try {
        seen = sees(answer);
      } catch (error) {
        console.log("         " + error);
      }
      report(title, seen ? "" : "unexpected: " + JSON.stringify(answer));
      return answer;
    } catch (error) {
      report(title, `${error.name} ${error.code ?? ""} ${error.statusCode ?? ""}: ${error.message}`);
    }
  }

  // The service refuses with this code, and the client understands it so.
  async refused(name, code, args, label = "") {
    const title = `${this.title}.${name}, refused${label && ": " + label}`;
    try {
      report(title, "it was not refused: " + JSON.stringify(await this.call(name, ...args)));
    } catch (error) {
      report(title, error.code === code ? "" : `${error.code}, expected ${code}: ${error.message}`);
    }
  }

  // `without`: groups of operations that are another provider's, which the emulator has not.
  checkComplete(without = []) {
    const all = [...this.operations()].filter((name) => !without.includes(name.split(".")[0]));
    const left = all.filter((name) => !this.called.has(name)).sort();
    report(`${this.title}: all ${all.length} operations were called`, left.length && "no step calls " + left.join(", "));
  }
}
