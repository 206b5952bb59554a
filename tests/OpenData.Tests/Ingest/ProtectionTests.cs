using OpenData.Catalog;
using OpenData.Ingest.Publishing;
using OpenData.Lake;
using OpenData.Tests.Ingest.Formats;

namespace OpenData.Tests.Ingest;

/// <summary>Columns that are protected as dataset.json declares, so that the raw values reach nothing that is kept.</summary>
public class ProtectionTests
{
    private const string Staff =
        "이름,휴대전화,나이,주소,입사일\n김민수,010-1234-5678,27,서울특별시 종로구 세종로 1,2019-03-02\n이서연,010-2345-6789,93,부산광역시 해운대구 우동 2,2020-11-30\n";

    private static readonly DatasetMetadata Declared = new()
    {
        Ingest = new IngestDeclaration
        {
            Fields =
            [
                new FieldDeclaration { Column = "이름", Protect = Protection.Drop },
                new FieldDeclaration { Column = "휴대전화", Protect = Protection.Mask },
                new FieldDeclaration { Column = "나이", Protect = Protection.Generalise, Top = 90 },
                new FieldDeclaration { Column = "주소", Protect = Protection.Generalise },
                new FieldDeclaration { Column = "입사일", Protect = Protection.Generalise },
            ],
        },
    };

    [Fact]
    public async Task Columns_are_left_out_masked_and_generalised_before_they_are_typed()
    {
        using var converted = await Converted.OfAsync(Staff, Declared);

        Assert.True(converted.Result.Published, converted.Codes);
        Assert.Equal("휴대전화|나이|주소|입사일", converted.Labels);
        Assert.Equal(["***-****-****|20-29|서울특별시|2019", "***-****-****|90+|부산광역시|2020"], converted.Rows);
        Assert.Empty(converted.Result.Findings);
        Assert.DoesNotContain("5678", converted.Result.Profile.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_another_length_neither_slip_past_the_protection_nor_are_quoted()
    {
        using var converted = await Converted.OfAsync(Staff + "박지훈,010-9999-8888,30\n\n문의: 010-7777-6666\n", Declared);

        Assert.DoesNotContain(converted.Rows, row => row.Contains("010", StringComparison.Ordinal));
        Assert.All(converted.Result.Problems, problem => Assert.DoesNotContain("010", problem.RawValue ?? "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_without_the_protected_column_is_not_published_because_the_values_may_have_another_name()
    {
        using var converted = await Converted.OfAsync(Staff.Replace("휴대전화", "연락처", StringComparison.Ordinal), Declared);

        Assert.False(converted.Result.Published);
        Assert.Contains("protected-column-missing", converted.Codes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pseudonyms_are_the_same_within_a_dataset_and_tell_nothing_across_datasets_and_need_a_secret()
    {
        var declared = new DatasetMetadata
        {
            Ingest = new IngestDeclaration { Fields = [new FieldDeclaration { Column = "id", Protect = Protection.Hash }] },
        };
        var storage = await TestStorage.CreateAsync();
        var log = new UploadLog(storage);
        var ingestor = new Ingestor(
            storage, new DatasetCatalog(storage), log, TimeProvider.System,
                new OpenDataSettings { PseudonymSecret = "a secret of thirty-two characters" });
        var hashes = new List<string>();
        foreach (var dataset in new[] { "a", "b" })
        {
            await DropAsync($"nfa/{dataset}/dataset.json", """{"ingest": {"fields": [{"column": "id", "protect": "hash"}]}}""");
            var upload = await DropAsync($"nfa/{dataset}/data.csv", "id,n\nX-17,1\nX-17,2\nX-18,3\n");
            Assert.Equal(UploadState.Published, upload.State);
            var version = (await VersionStore.FindAsync(storage, DatasetId.Parse($"{dataset}@nfa"), upload.Version!))!;
            Assert.True(version.IsOriginalWithheld);
            Assert.Null(await FindBlobAsync(storage, "source/"));
            var field = version.Profile!.Value.GetProperty("fields").EnumerateArray().First();
            Assert.Equal(2, field.GetProperty("distinct").GetInt32());
            hashes.Add(field.GetProperty("min").GetString()!);
        }

        Assert.NotEqual(hashes[0], hashes[1]);
        using var without = await Converted.OfAsync("id\nX-17\n", declared);
        Assert.Equal("protection-without-secret", without.Codes);

        async Task<Upload> DropAsync(string path, string content)
        {
            await storage.Incoming.GetBlobClient(path).UploadAsync(BinaryData.FromString(content), overwrite: true);
            return (await ingestor.IngestAsync(path))!;
        }
    }

    [Fact]
    public async Task Personal_data_is_held_until_an_approver_names_a_legal_basis_and_then_let_through_for_a_year()
    {
        var storage = await TestStorage.CreateAsync();
        var (catalog, log) = (new DatasetCatalog(storage), new UploadLog(storage));
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        var ingestor = new Ingestor(storage, catalog, log, time);
        var desk = new PublicationDesk(storage, catalog, log, new OpenData.Access.AuditLog(storage, time), time);
        var id = DatasetId.Parse("shops@nfa");
        const string Shops = "시설,담당자 휴대전화\n가,010-1234-5678\n나,010-2345-6789\n";

        var held = await DropAsync(Shops);
        Assert.Equal((UploadState.Held, "personal-data"), (held.State, held.Problems[0].Code));
        Assert.DoesNotContain(held.Problems, problem => problem.RawValue?.Contains("1234", StringComparison.Ordinal) == true);
        Assert.Null((await catalog.FindAsync(id))!.Current);
        await Assert.ThrowsAsync<PublicationConflictException>(() => desk.ApproveAsync(id, held.Version!, "board", note: null));
        await desk.ApproveAsync(id, held.Version!, "board", "Act on shops, article 5.");

        Assert.Equal(held.Version, (await catalog.FindAsync(id))!.Current!.Version);
        Assert.Equal(UploadState.Published, (await DropAsync(Shops + "다,010-3456-7890\n")).State);
        Assert.Equal(UploadState.Held, (await DropAsync(Shops.Replace("시설,", "점주 이메일,", StringComparison.Ordinal)
            .Replace("가,", "a@example.net,", StringComparison.Ordinal).Replace("나,", "b@example.net,", StringComparison.Ordinal))).State);
        time.Advance(PublicationDesk.Exempted + TimeSpan.FromDays(1));
        Assert.Equal(UploadState.Held, (await DropAsync(Shops + "라,010-4567-8901\n마,010-4567-8902\n")).State);

        async Task<Upload> DropAsync(string content)
        {
            await storage.Incoming.GetBlobClient("nfa/shops/data.csv").UploadAsync(BinaryData.FromString(content), overwrite: true);
            return (await ingestor.IngestAsync("nfa/shops/data.csv"))!;
        }
    }

    [Fact]
    public async Task A_workbook_whose_other_sheet_or_comment_holds_personal_data_is_published_without_its_file()
    {
        foreach (var (other, withheld) in new[] { ("900101-1234568", true), ("see page 3", false) })
        {
            var storage = await TestStorage.CreateAsync();
            var ingestor = new Ingestor(storage, new DatasetCatalog(storage), new UploadLog(storage), TimeProvider.System);
            await storage.Incoming.UploadBlobAsync("nfa/book/book.xlsx", BinaryData.FromBytes(Workbook(other)));
            var upload = (await ingestor.IngestAsync("nfa/book/book.xlsx"))!;

            Assert.True(upload.State == UploadState.Published, string.Join(", ", upload.Problems.Select(problem => problem.Code)));
            var version = (await VersionStore.FindAsync(storage, DatasetId.Parse("book@nfa"), upload.Version!))!;
            Assert.Equal(withheld, version.IsOriginalWithheld);
            Assert.Equal(withheld, await FindBlobAsync(storage, "source/book.xlsx") is null);
        }
    }

    private static async Task<string?> FindBlobAsync(Storage storage, string part)
    {
        await foreach (var blob in storage.Lake.GetBlobsAsync())
        {
            if (blob.Name.Contains(part, StringComparison.Ordinal)) return blob.Name;
        }

        return null;
    }

    // A sheet with a table, and a hidden one with one cell.
    private static byte[] Workbook(string other) => new XlsxFile()
        .Sheet("a", XlsxFile.Row(1, "name", "count") + XlsxFile.Row(2, "park", "7") + XlsxFile.Row(3, "lake", "8"))
        .Sheet("b", XlsxFile.Row(1, other), state: "hidden")
        .ToBytes();
}
