using System.CommandLine;
using OpenData.Access;
using OpenData.Catalog;
using OpenData.Hosting;
using OpenData.Ingest.Publishing;
using OpenData.Lake;

namespace OpenData.LocalHost.Commands;

/// <summary>The command <c>publication</c>: what the routes of the same name do, for an operator who may open the storage.</summary>
internal static class PublicationCommand
{
    private static readonly Option<string?> Version = new(
        "--version")
    { Description = "A version; of a withdrawal nothing for the whole dataset." };

    private static readonly Option<WithdrawalReason?> Reason = new("--reason")
    {
        Description = "Of a withdrawal: LegalBasis, Error, ThirdPartyRights or Privacy; the public is told.",
    };

    private static readonly Option<string?> Note = new("--note") { Description = "Why, in your words; it goes into the audit log." };

    public static Command Create() => new("publication", "Decides what is published, and shows who decided.")
    {
        OfDataset("approve", "Serves the version that waits.", (desk, asked, cancellation) =>
            desk.Desk.ApproveAsync(asked.Id, Needed(asked.Version, "--version"), desk.Operator, asked.Note, cancellation)),
        OfDataset("refuse", "Sends back the version that waits.", (desk, asked, cancellation) =>
            desk.Desk.RefuseAsync(
                asked.Id, Needed(asked.Version, "--version"), desk.Operator, Needed(asked.Note, "--note"), cancellation)),
        OfDataset("withdraw", "Takes a dataset, or one version of it, back.", (desk, asked, cancellation) =>
            desk.Desk.WithdrawAsync(
                asked.Id, asked.Version, asked.Reason ?? throw new PublicationConflictException("Give a --reason."), desk.Operator,
                Needed(asked.Note, "--note"), cancellation)),
        OfDataset("restore", "Undoes the withdrawal of a dataset.", (desk, asked, cancellation) =>
            desk.Desk.RestoreAsync(asked.Id, desk.Operator, Needed(asked.Note, "--note"), cancellation)),
        OfDataset("purge", "Destroys the bytes of a dataset that was withdrawn. They cannot be brought back.", async (desk, asked,
            cancellation) =>
        {
            var deleted = await desk.Purge.RunAsync(asked.Id, desk.Operator, Needed(asked.Note, "--note"), cancellation);
            await asked.Output.WriteLineAsync($"{deleted:N0} blobs, versions and snapshots were deleted.");
        }),
        OfDataset("verify", "Shows what is left of a purged dataset, and until when storage keeps what was deleted.", async (desk,
            asked, cancellation) =>
        {
            var left = await desk.Purge.VerifyAsync(asked.Id, cancellation);
            foreach (var one in left) await asked.Output.WriteLineAsync(one);
            if (left.Count > 0) throw new PublicationConflictException($"{left.Count:N0} things are left.");
            await asked.Output.WriteLineAsync("Nothing is left.");
        }),
        Audit(),
    };

    private static Command OfDataset(string verb, string description, Func<Opened, Asked, CancellationToken, Task> work)
    {
        var dataset = new Argument<string>("DATASET") { Description = "The dataset's id, such as fire-incidents@nfa." };
        var command = new Command(verb, description) { dataset, Version, Reason, Note };
        var storage = new StorageOption().AddTo(command);
        command.SetAction((parsed, cancellation) => storage.RunAsync(parsed, async opened =>
        {
            if (!DatasetId.TryParse(UnicodeText.Nfc(parsed.GetValue(dataset)!), out var id))
            {
                return StorageOption.Refuse(parsed, $"'{parsed.GetValue(dataset)}' is not a dataset's id, such as fire-incidents@nfa.");
            }

            try
            {
                await opened.Audit.CreateIfNotExistsAsync(cancellationToken: cancellation);
                var output = parsed.InvocationConfiguration.Output;
                await work(
                    new Opened(opened), new Asked(id, parsed.GetValue(Version), parsed.GetValue(Reason), parsed.GetValue(Note), output),
                        cancellation);
                await output.WriteLineAsync($"Done: {verb} {id}.");
                return 0;
            }
            catch (PublicationConflictException e)
            {
                return StorageOption.Refuse(parsed, e.Message);
            }
        }));
        return command;
    }

    private static Command Audit()
    {
        var day = new Option<DateOnly?>("--day") { Description = "The day (UTC), such as 2026-12-01; default today." };
        var command = new Command("audit", "Shows the audit log of a day: when, who, what, to what, why.") { day };
        var storage = new StorageOption().AddTo(command);
        command.SetAction((parsed, cancellation) => storage.RunAsync(parsed, async opened =>
        {
            var today = DateOnly.FromDateTime(OpenDataServices.SystemTime.GetUtcNow().UtcDateTime);
            await foreach (var line in new AuditLog(opened, OpenDataServices.SystemTime).ListAsync(parsed.GetValue(day) ?? today,
                cancellation))
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"{line.At.UtcDateTime:HH:mm:ss}  {line.By,-24} {line.Action.ToString().ToLowerInvariant(),-9} {line.Subject}  "
                    + $"{line.Reason} {line.Detail}".TrimEnd());
            }

            return 0;
        }));
        return command;
    }

    private static string Needed(string? value, string option) =>
        value is { Length: > 0 } ? value : throw new PublicationConflictException($"Give {option}.");

    private sealed record Asked(DatasetId Id, string? Version, WithdrawalReason? Reason, string? Note, TextWriter Output);

    private sealed class Opened
    {
        public Opened(Storage storage)
        {
            var (catalog, uploads, time) = (new DatasetCatalog(storage), new UploadLog(storage), OpenDataServices.SystemTime);
            var audit = new AuditLog(storage, time);
            Desk = new PublicationDesk(storage, catalog, uploads, audit, time);
            Purge = new Purge(storage, catalog, uploads, audit);
        }

        public PublicationDesk Desk { get; }

        public Purge Purge { get; }

        public string Operator { get; } = $"operator {Environment.UserName}";
    }
}
