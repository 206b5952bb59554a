using OpenData.Lake;

namespace OpenData.Tests.Ingest;

/// <summary>
/// A file with numbers that identify persons is not published, whatever its format, and its report quotes no value of it.
/// </summary>
public class IdentityNumberTests
{
    private const string Patients = "환자,주민등록번호,진단\n김민수,900101-1234568,당뇨\n이서연,210315-4123456,천식\n";

    [Fact]
    public async Task A_file_with_resident_registration_numbers_is_not_published()
    {
        var converted = await Converted.OfAsync(Patients);

        Assert.False(converted.Result.Published);
        var problem = Assert.Single(converted.Result.Problems, problem => problem.Code == "personal-identity-number");
        Assert.Equal(Severity.Error, problem.Severity);
        Assert.Equal("주민등록번호", problem.Column);
        Assert.Equal("******-*******", problem.RawValue);
        Assert.Contains("2 cells", problem.Message, StringComparison.Ordinal);
        Assert.Null(converted.Result.Profile);
    }

    [Fact]
    public async Task Its_report_quotes_none_of_its_values()
    {
        // The short row would be quoted as a problem of its own.
        var converted = await Converted.OfAsync(Patients + "박지훈,850505-1234561\n문의 010-1234-5678\n");

        Assert.False(converted.Result.Published);
        Assert.All(converted.Result.Problems, problem => Assert.DoesNotMatch("[0-9]{4}|지훈", problem.RawValue ?? ""));
    }

    [Fact]
    public async Task Other_personal_data_is_published_with_a_warning()
    {
        var converted = await Converted.OfAsync("시설,담당자 휴대전화\n가,010-1234-5678\n나,010-2345-6789\n");

        Assert.True(converted.Result.Published);
        var problem = Assert.Single(converted.Result.Problems, problem => problem.Code == "personal-data");
        Assert.Equal("***-****-****", problem.RawValue);
    }

    [Fact]
    public async Task Whole_numbers_without_hyphens_are_found_too()
    {
        var converted = await Converted.OfAsync("no,rrn\n1,9001011234568\n2,8505051234561\n");

        Assert.Contains(converted.Result.Problems, problem => problem.Code == "personal-identity-number");
    }
}
