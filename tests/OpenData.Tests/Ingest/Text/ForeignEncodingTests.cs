using System.Text;
using OpenData.Ingest.Text;

namespace OpenData.Tests.Ingest.Text;

/// <summary>Encodings of other countries, told apart by their text.</summary>
[Trait("Category", "Unit")]
public sealed class ForeignEncodingTests
{
    [Theory]
    [InlineData("shift_jis", "名称,席数\n東の公園,1\nはなぞの園,2\n市民センター,3\n")]
    [InlineData("euc-jp", "名称,席数\n東の公園,1\nはなぞの園,2\n市民センター,3\n")]
    [InlineData("big5", "名稱,座位\n綠野公園,1\n星河圖書館,2\n台北市政府,3\n")]
    [InlineData("gb18030", "名称,座位\n绿野公园,1\n星河图书馆,2\n北京市政府,3\n")]
    [InlineData("windows-1251", "Название,Места\nЗелёный парк,1\nЗвёздная библиотека,2\n")]
    [InlineData("koi8-r", "Название,Места\nЗелёный парк,1\nЗвёздная библиотека,2\n")]
    [InlineData("ibm866", "Название,Места\nЗелёный парк,1\nЗвёздная библиотека,2\n")]
    [InlineData("windows-1250", "název,počet\nNáměstí Míru,1\nPříbram,2\nŽižkov,3\nDěčín,4\n")]
    [InlineData("windows-1252", "ville,café\nOrée du Bois,1\nCréteil,2\nSèvres,3\n")]
    [InlineData("windows-1253", "όνομα,θέσεις\nΑθήνα,1\nΘεσσαλονίκη,2\n")]
    [InlineData("windows-1254", "ilçe,sayı\nŞişli,1\nBeyoğlu,2\nKadıköy,3\n")]
    [InlineData("cp949", "동별,수량\n가온동,1\n뷁 똠방각하,2\n새봄동,3\n")]
    public async Task A_text_is_read_in_its_encoding(string name, string text)
    {
        using var converted = await Converted.OfAsync(TextEncoding.Named(name)!.Encoding.GetBytes(text));

        Assert.Equal(name, converted.Result.Encoding);
        Assert.Equal(text.Split('\n')[0].Replace(',', '|'), converted.Labels);
    }

    [Fact]
    public async Task Words_of_two_encodings_are_each_read_in_their_own()
    {
        byte[] file = [.. Encoding.UTF8.GetBytes("동별,수량\n가온동,1\n나온동,2\n"), .. TextEncoding.Cp949.Encoding.GetBytes("다온동,3\n라온동,4\n")];
        using var converted = await Converted.OfAsync(file);

        Assert.Equal(["가온동|1", "나온동|2", "다온동|3", "라온동|4"], converted.Rows);
        var problem = Assert.Single(converted.Result.Problems, problem => problem.Code == "encoding-mixed");
        Assert.Contains("4 to 5", problem.Message, StringComparison.Ordinal);
    }
}
