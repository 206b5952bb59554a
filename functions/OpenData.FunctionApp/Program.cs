using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenData.Api;
using OpenData.FunctionApp;
using OpenData.Lake;
using OpenData.Portal;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
// host.json's levels are the host's own; this process says a line for every answer otherwise
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddOpenDataApi(builder.Configuration).AddOpenDataPortal();
builder.AddTelemetry();
var app = builder.Build();

// On Azure, where storage is reached as an identity, the deployment has made the containers and tables; in an emulator nobody has.
if (builder.Configuration[StorageConnection.Setting] is { Length: > 0 }) await app.Services.GetRequiredService<Storage>().CreateAsync();
await app.RunAsync();
