using System.CommandLine;
using OpenData.LocalHost.Check;
using OpenData.LocalHost.Commands;

// Ctrl-C lets the host finish: storage is written, usage is flushed, Azurite goes last.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
var parsed = ServeCommand.Create().Parse(args);
var exitCode = await parsed.InvokeAsync(configuration);
return parsed.Errors.Count > 0 ? CheckCommand.Usage : exitCode;
