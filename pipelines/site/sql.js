// The SQL page: starts the engine on the first question, shows rows, saves them as CSV. Everything stays in the browser.
(function () {
  "use strict";
  var SHOWN = 1000, KEPT = 100000;
  var FORMULA = /^[=+\-@\t\r]/;
  var SERVE = "Serve the site's folder instead: run `python -m http.server --bind 127.0.0.1` in it and open http://127.0.0.1:8000/sql/index.html.";
  var form = document.querySelector(".ask"), query = document.getElementById("query");
  var run = document.getElementById("run"), stop = document.getElementById("stop"), save = document.getElementById("save");
  var said = document.getElementById("said"), wrong = document.getElementById("wrong"), result = document.getElementById("result");
  var starting = null, worker = null, asked = 0, answer = null;

  // Starting

  function load(name) {
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = name;
      script.onload = resolve;
      script.onerror = function () { reject(new Error("The file sql/" + name + " of this site could not be loaded.")); };
      document.head.appendChild(script);
    });
  }

  function unpacked(text) {
    var packed = Uint8Array.from(atob(text), function (c) { return c.charCodeAt(0); });
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  }

  async function start() {
    if (!window.DecompressionStream || !window.WebAssembly || !window.Worker) {
      throw new Error("This browser is too old for the engine. Any browser updated since 2023 will do.");
    }
    if (!window.councilsEngine) await load("engine.js");
    if (!window.councilsDatabase) await load("database.js");
    var engine = window.councilsEngine;
    var parts = await Promise.all([engine.worker, engine.module, window.councilsDatabase].map(unpacked));
    worker = new Worker(URL.createObjectURL(new Blob([parts[0]], { type: "text/javascript" })));
    worker.postMessage({ councilsModule: parts[1] }, [parts[1]]);
    var own = worker;
    var failed = new Promise(function (resolve, reject) {
      own.addEventListener("error", function (event) { reject(new Error(event.message || "The engine did not start.")); });
    });
    var database = new engine.duckdb.AsyncDuckDB(new engine.duckdb.VoidLogger(), own);
    return Promise.race([failed, open(database, new Uint8Array(parts[2]))]);
  }

  async function open(database, file) {
    await database.instantiate("data:,");
    await database.registerFileBuffer("councils.duckdb", file);
    var connection = await database.connect();
    var settings = [
      "ATTACH 'councils.duckdb' AS councils (READ_ONLY)", "USE councils",
      "SET autoinstall_known_extensions = false", "SET autoload_known_extensions = false",
      "SET enable_external_access = false", "SET lock_configuration = true"
    ];
    for (var i = 0; i < settings.length; i++) await connection.query(settings[i]);
    return connection;
  }

  function halt() {
    asked += 1;
    if (worker) worker.terminate();
    worker = starting = null;
  }

  // Asking

  async function ask() {
    if (!query.value.trim()) return tell("Write a question first.");
    if (!stop.disabled) return;
    var mine = asked += 1, began = performance.now(), text = query.value;
    wrong.hidden = result.hidden = true;
    answer = null;
    busy(true);
    tell(starting ? "Asking…" : "Starting the engine…");
    try {
      starting = starting || start();
      var connection = await starting;
      if (mine !== asked) return;
      tell("Asking…");
      var found = await rowsOf(connection, text);
      if (mine !== asked) return;
      found.question = text;
      found.seconds = (performance.now() - began) / 1000;
      answer = found;
      show(found);
    } catch (error) {
      if (mine !== asked) return;
      complain(error);
    }
    busy(false);
  }

  // The whole answer at once: read in a stream, the engine's grades (an ENUM) come without their words.
  async function rowsOf(connection, text) {
    var table = await connection.query(text), rows = [];
    var columns = columnsOf(table.schema), count = Math.min(table.numRows, KEPT);
    var vectors = columns.map(function (_, place) { return table.getChildAt(place); });
    for (var row = 0; row < count; row++) {
      rows.push(columns.map(function (column, place) { return column.text(vectors[place].get(row)); }));
    }
    return { columns: columns, rows: rows, total: table.numRows };
  }

  // Values as text: the same words as `councils sql` prints.

  function columnsOf(schema) {
    return schema.fields.map(function (field) {
      var kind = String(field.type);
      return { name: field.name, isNumber: /^(U?int|float|decimal)/i.test(kind), text: writer(field.type, kind) };
    });
  }

  function writer(type, kind) {
    if (/^decimal/i.test(kind)) return function (value) { return value === null ? null : decimal(value, type.scale); };
    if (/^float/i.test(kind)) return function (value) { return value === null ? null : double(value); };
    if (/^date/i.test(kind)) return function (value) { return value === null ? null : iso(value).slice(0, 10); };
    if (/^timestamp/i.test(kind)) return function (value) { return value === null ? null : iso(value).replace("T", " ").replace(/(\.000)?Z$/, ""); };
    return function (value) { return value === null ? null : plain(value); };
  }

  function iso(value) { return new Date(Number(value)).toISOString(); }

  function double(value) {
    if (Number.isNaN(value)) return "nan";
    return Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toFixed(0) : String(value);
  }

  function decimal(limbs, scale) {
    if (typeof limbs === "number") return double(limbs);
    var whole = 0n;
    for (var i = limbs.length - 1; i >= 0; i--) whole = (whole << 32n) | BigInt(limbs[i]);
    whole = BigInt.asIntN(32 * limbs.length, whole);
    var digits = (whole < 0n ? -whole : whole).toString().padStart(scale + 1, "0");
    var text = scale ? digits.slice(0, -scale) + "." + digits.slice(-scale) : digits;
    return whole < 0n ? "-" + text : text;
  }

  function plain(value) {
    if (typeof value === "object") {
      return JSON.stringify(value, function (_, inner) { return typeof inner === "bigint" ? Number(inner) : inner; });
    }
    return String(value);
  }

  // Showing

  function tell(sentence) { said.textContent = sentence; }

  function busy(is) {
    run.disabled = is;
    stop.disabled = !is;
    save.disabled = is || !answer || !answer.rows.length;
  }

  function complain(error) {
    var sentence = String(error && error.message || error).trim();
    if (!worker || /engine did not start|could not be loaded|too old/.test(sentence)) {
      halt();
      if (location.protocol === "file:") sentence += " This browser may not run it from a folder on disk. " + SERVE;
    }
    tell("");
    wrong.textContent = sentence;
    wrong.hidden = false;
  }

  function grouped(count) { return count.toLocaleString("en-GB"); }

  function show(found) {
    var cut = found.total > SHOWN;
    var sentence = grouped(found.total) + (found.total === 1 ? " row" : " rows") + " in " + found.seconds.toFixed(1) + " s.";
    if (cut) sentence += " Shown: the first " + grouped(SHOWN) + "; the CSV file has " + (found.total > KEPT ? "the first " + grouped(KEPT) + "." : "all.");
    tell(sentence);
    result.textContent = "";
    if (found.columns.length) result.appendChild(tableOf(found, Math.min(found.total, SHOWN)));
    result.hidden = false;
    result.scrollLeft = 0;
  }

  function tableOf(found, count) {
    var table = document.createElement("table"), caption = table.createCaption();
    caption.textContent = (/^\s*--\s*(.+)/.exec(found.question) || [0, "Rows of the answer"])[1];
    var head = table.createTHead().insertRow();
    found.columns.forEach(function (column) {
      var cell = document.createElement("th");
      cell.scope = "col";
      cell.textContent = column.name;
      if (column.isNumber) cell.className = "n";
      head.appendChild(cell);
    });
    var body = table.createTBody();
    for (var row = 0; row < count; row++) {
      var line = body.insertRow();
      for (var place = 0; place < found.columns.length; place++) {
        var cell = line.insertCell(), value = found.rows[row][place];
        cell.textContent = value === null ? "NULL" : value;
        cell.className = (found.columns[place].isNumber ? "n" : "") + (value === null ? " quiet" : "");
      }
    }
    return table;
  }

  // Saving: UTF-8 with the mark that spreadsheets look for, texts that they would take for formulas defused.

  function csv(found) {
    function line(values) {
      return values.map(function (value, place) {
        if (value === null) return "";
        var text = !found.columns[place].isNumber && FORMULA.test(value) ? "'" + value : value;
        return text === "" || /[,"\n\r]/.test(text) || text !== text.trim() ? '"' + text.replace(/"/g, '""') + '"' : text;
      }).join(",") + "\n";
    }
    return "\ufeff" + line(found.columns.map(function (column) { return column.name; })) + found.rows.map(line).join("");
  }

  function saveRows() {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv(answer)], { type: "text/csv" }));
    link.download = "councils.csv";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }

  function askThis(sql) {
    if (!stop.disabled) halt();
    busy(false);
    query.value = sql;
    query.focus();
    form.scrollIntoView();
    ask();
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); ask(); });
  query.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); ask(); }
  });
  stop.addEventListener("click", function () { halt(); busy(false); tell("Stopped."); query.focus(); });
  save.addEventListener("click", saveRows);
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".ask-this").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { askThis(button.parentNode.querySelector("code").textContent); });
    });
    document.querySelectorAll(".describe").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        askThis("SELECT column_name, data_type, comment\nFROM duckdb_columns()\nWHERE table_name = '" + button.dataset.table + "'\nORDER BY column_index");
      });
    });
    var named = location.hash && document.getElementById(location.hash.slice(1));
    if (named && named.querySelector(".ask-this")) query.value = named.querySelector("code").textContent;
  });
  form.hidden = false;
})();
