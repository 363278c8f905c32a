using System.CommandLine;
using Bellwether.IngestBenchmark;

var seconds = new Option<int>("--seconds") { Description = "How long to send.", DefaultValueFactory = _ => 10 };
var connections = new Option<int>("--connections") { Description = "Requests in flight.", DefaultValueFactory = _ => 8 };
var rows = new Option<int>("--rows") { Description = "Rows a request.", DefaultValueFactory = _ => 100 };
var features = new Option<int>("--features") { Description = "Features a row; every fifth is text.", DefaultValueFactory = _ => 20 };
var root = new RootCommand("Measures ingest over HTTP: a server in a process of its own, NDJSON bodies, every request acknowledged after its fsync.")
{
    seconds, connections, rows, features,
};
root.SetAction((result, cancellationToken) => IngestOverHttp.RunAsync(
    result.GetValue(seconds), result.GetValue(connections), result.GetValue(rows), result.GetValue(features), Console.Out, cancellationToken));
return await root.Parse(args).InvokeAsync();
