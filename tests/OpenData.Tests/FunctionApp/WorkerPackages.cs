namespace OpenData.Tests.FunctionApp;

/// <summary>
/// The little that FunctionApp uses of the Functions worker's packages, as declarations. With them its source compiles where the
/// packages are not: wrong names, types and arguments are found before a deployment finds them.
/// </summary>
internal static class WorkerPackages
{
    public const string Declarations = """
        namespace Microsoft.Azure.Functions.Worker
        {
            [AttributeUsage(AttributeTargets.Method)] public sealed class FunctionAttribute(string name) : Attribute { public string Name { get; } = name; }

            public enum AuthorizationLevel { Anonymous, User, Function, System, Admin }

            [AttributeUsage(AttributeTargets.Parameter)] public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
            {
                public AuthorizationLevel AuthLevel { get; } = authLevel;
                public string[] Methods { get; } = methods;
                public string? Route { get; set; }
            }

            public enum BlobTriggerSource { LogsAndContainerScan, EventGrid }

            [AttributeUsage(AttributeTargets.Parameter)] public sealed class BlobTriggerAttribute(string blobPath) : Attribute
            {
                public string BlobPath { get; } = blobPath;
                public string? Connection { get; set; }
                public BlobTriggerSource Source { get; set; }
            }

            [AttributeUsage(AttributeTargets.Parameter)] public sealed class QueueTriggerAttribute(string queueName) : Attribute
            {
                public string QueueName { get; } = queueName;
                public string? Connection { get; set; }
            }

            [AttributeUsage(AttributeTargets.Parameter)] public sealed class TimerTriggerAttribute(string schedule) : Attribute
            {
                public string Schedule { get; } = schedule;
                public bool RunOnStartup { get; set; }
                public bool UseMonitor { get; set; }
            }

            public class TimerInfo { public bool IsPastDue { get; set; } }

            [AttributeUsage(AttributeTargets.Method)] public sealed class FixedDelayRetryAttribute(int maxRetryCount, string delayInterval) : Attribute
            {
                public int MaxRetryCount { get; } = maxRetryCount;
                public string DelayInterval { get; } = delayInterval;
            }
        }

        namespace Microsoft.Azure.Functions.Worker.Builder
        {
            using Microsoft.Extensions.Configuration;
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.Hosting;
            using Microsoft.Extensions.Logging;

            public class FunctionsApplication { public static FunctionsApplicationBuilder CreateBuilder(string[] args) => throw null!; }

            public abstract class FunctionsApplicationBuilder
            {
                public abstract ConfigurationManager Configuration { get; }
                public abstract IServiceCollection Services { get; }
                public abstract ILoggingBuilder Logging { get; }
                public abstract IHost Build();
            }

            public static class FunctionsApplicationBuilderAspNetCoreExtensions
            {
                public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder) => builder;
            }
        }

        namespace OpenTelemetry
        {
            using Microsoft.Extensions.DependencyInjection;

            public interface IOpenTelemetryBuilder { IServiceCollection Services { get; } }

            public abstract class OpenTelemetryBuilder : IOpenTelemetryBuilder { public abstract IServiceCollection Services { get; } }

            public static class OpenTelemetryBuilderSdkExtensions
            {
                public static IOpenTelemetryBuilder WithTracing(this IOpenTelemetryBuilder builder, Action<Trace.TracerProviderBuilder> configure) => builder;
                public static IOpenTelemetryBuilder WithMetrics(this IOpenTelemetryBuilder builder, Action<Metrics.MeterProviderBuilder> configure) => builder;
            }
        }

        namespace OpenTelemetry.Trace { public abstract class TracerProviderBuilder { public abstract TracerProviderBuilder AddSource(params string[] names); } }

        namespace OpenTelemetry.Metrics { public abstract class MeterProviderBuilder { public abstract MeterProviderBuilder AddMeter(params string[] names); } }

        namespace Microsoft.Extensions.DependencyInjection
        {
            public static class OpenTelemetryServicesExtensions { public static OpenTelemetry.OpenTelemetryBuilder AddOpenTelemetry(this IServiceCollection services) => throw null!; }
        }

        namespace Microsoft.Azure.Functions.Worker.OpenTelemetry
        {
            public static class ConfigureFunctionsOpenTelemetry
            {
                public static global::OpenTelemetry.IOpenTelemetryBuilder UseFunctionsWorkerDefaults(this global::OpenTelemetry.IOpenTelemetryBuilder builder) => builder;
            }
        }

        namespace Azure.Monitor.OpenTelemetry.Exporter
        {
            public class AzureMonitorExporterOptions { public string ConnectionString { get; set; } = ""; public global::Azure.Core.TokenCredential? Credential { get; set; } }

            public static class OpenTelemetryBuilderExtensions
            {
                public static global::OpenTelemetry.IOpenTelemetryBuilder UseAzureMonitorExporter(
                    this global::OpenTelemetry.IOpenTelemetryBuilder builder, Action<AzureMonitorExporterOptions> configure) => builder;
            }
        }
        """;
}
