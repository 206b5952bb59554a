// Reads {"tables": {name: schema}, "queries": [text]} and writes, for each query, the list of what Microsoft's parser says against it.
const path = require("node:path");
const folder = path.dirname(require.resolve("@kusto/language-service-next/package.json"));
require(path.join(folder, "bridge.min.js"));
require(path.join(folder, "Kusto.Language.Bridge.min.js"));

const { GlobalState, KustoCode, Symbols } = Kusto.Language;
const input = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const tables = Object.entries(input.tables).map(([name, schema]) => new Symbols.TableSymbol.$ctor7(name, schema, null));
const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor("workspace", tables));

const said = input.queries.map(query => {
  const diagnostics = KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
  return Array.from({ length: diagnostics.Count }, (_, index) => diagnostics.getItem(index)).map(each => `${each.Severity}: ${each.Message}`);
});
process.stdout.write(JSON.stringify(said));
