// Runs in the worker before the engine's own script. The engine would fetch its module and, when a query asks, extensions
// and remote files; here the module is handed over by the page, and there is no way to the network.
(function () {
  var given, module = new Promise(function (resolve) { given = resolve; });
  self.addEventListener("message", function (event) {
    if (!event.data || !event.data.councilsModule) return;
    event.stopImmediatePropagation();
    given(event.data.councilsModule);
  });
  self.fetch = function () {
    return module.then(function (bytes) {
      return new Response(bytes, { headers: { "Content-Type": "application/wasm" } });
    });
  };
  self.XMLHttpRequest = function () { throw new Error("Files and addresses are closed here: a question reads the tables of this database."); };
  self.WebSocket = self.EventSource = self.importScripts = undefined;
})();
