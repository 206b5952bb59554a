namespace OpenData.Ingest.Report;

/// <summary>What each kind of problem is, what to do about it, and what was done (null where nothing was), for officials in Korea. A test holds this list to the codes that ingest uses.</summary>
internal static class KoreanProblems
{
    private static readonly Dictionary<string, (string What, string Fix, string? Done)> Words = new(StringComparer.Ordinal)
    {
        ["append-schema-differs"] = ("기존 데이터와 열 구성이나 자료형이 달라 덧붙일 수 없습니다.", "기존 데이터와 같은 열과 형식으로 맞추어 다시 올리거나, dataset.json에서 \"update_mode\": \"replace\"로 바꾸어 전체를 올리십시오.", "이 파일의 행은 하나도 덧붙이지 않았습니다."),
        ["compression-bomb"] = ("압축을 풀면 비정상적으로 커지는 파일입니다.", "압축하지 않고 올리거나 나누어 올리십시오.", null),
        ["compression-broken"] = ("압축 파일이 손상되었거나 중간에서 잘렸습니다.", "다시 압축하여 올리고, 올린 뒤 파일 크기를 비교하십시오.", null),
        ["compression-unknown"] = ("지원하지 않는 방식으로 압축된 파일입니다.", "윈도우의 기본 압축(Deflate)으로 다시 압축하십시오.", null),
        ["csv-delimiter-other"] = ("이 행은 다른 행과 다른 구분자로 나뉘어 있습니다.", "파일 전체에서 같은 구분자를 쓰십시오.", "그 구분자로 나누어 읽었습니다."),
        ["csv-line-too-long"] = ("한 줄이 지나치게 깁니다. 구분자로 나뉜 표가 아닌 것 같습니다.", "CSV, 엑셀, JSON 가운데 하나로 다시 저장하여 올리십시오.", null),
        ["csv-nul"] = ("파일에 보이지 않는 NUL 문자가 들어 있습니다.", "원래 시스템에서 파일을 다시 내보내십시오. 그래도 남아 있으면 파일을 만든 프로그램이나 복사 과정을 점검하십시오.", "있는 자리에 그대로 두었습니다."),
        ["csv-quote-repaired"] = ("따옴표가 잘못 쓰였거나 닫히지 않았습니다.", "따옴표로 묶인 값 안의 따옴표는 두 번(\"\") 쓰고, 연 따옴표는 꼭 닫으십시오.", "그 따옴표를 글자로 보아, 이 행의 칸 수가 다른 행과 같아지게 읽었습니다."),
        ["csv-quote-stray"] = ("있을 자리가 아닌 곳에 따옴표가 있습니다.", "따옴표로 묶인 값 안의 따옴표는 두 번(\"\") 쓰고, 연 따옴표는 꼭 닫으십시오.", "칸을 닫는 다음 따옴표까지를 한 칸으로 읽었습니다."),
        ["drop-misplaced"] = ("파일이 {기관}/{데이터셋}/{파일} 자리에 있지 않거나, 이름에 쓸 수 없는 글자가 있습니다.", "기관 폴더 아래 데이터셋 폴더에 올리십시오. 폴더 이름은 글자나 숫자로 시작하고 글자, 숫자, '-', '_', '.'를 100자까지 쓸 수 있습니다.", null),
        ["drop-removed"] = ("파일을 읽는 동안 파일이 삭제되었습니다.", "게시하려면 다시 올리십시오.", null),
        ["drop-replaced"] = ("파일을 읽는 동안 새 파일로 바뀌었습니다.", "할 일이 없습니다. 새 파일을 대신 처리합니다.", null),
        ["encoding-undecodable"] = ("글자로 읽을 수 없는 바이트가 있습니다.", "UTF-8로 저장하여 다시 올리거나, dataset.json에 인코딩을 적으십시오.", "그 자리에 대체 문자(U+FFFD)를 넣었습니다."),
        ["excel-binary"] = ("엑셀 바이너리 형식(.xlsb)입니다.", ".xlsx로 저장하여 올리십시오.", null),
        ["excel-broken"] = ("엑셀 파일이 손상되어 읽을 수 없습니다.", "엑셀에서 열어 다른 이름의 .xlsx로 저장한 뒤 올리십시오. 엑셀에서도 열리지 않으면 원래 시스템에서 다시 내보내십시오.", null),
        ["excel-error-value"] = ("셀에 값이 아니라 오류가 들어 있습니다.", "수식을 고치거나 셀을 비우십시오.", "값이 없는 것으로 게시합니다."),
        ["excel-formula-without-result"] = ("수식의 결과가 저장되어 있지 않습니다.", "엑셀에서 열어 계산한 뒤 다시 저장하십시오.", "값이 없는 것으로 게시합니다."),
        ["excel-too-large"] = ("엑셀 파일의 글자 자료가 너무 많습니다.", "CSV로 내보내어 올리십시오. CSV는 크기에 제한이 없습니다.", null),
        ["file-empty"] = ("파일에 내용이 없습니다.", "머리글과 한 행 이상의 자료가 있는 파일을 올리십시오.", null),
        ["header-none"] = ("머리글(열 이름) 행이 없습니다.", "첫 행에 열 이름을 넣거나, dataset.json에 머리글의 줄 번호를 적으십시오.", "열 이름을 column_1, column_2 등으로 붙였습니다."),
        ["header-repeated"] = ("머리글이 표 가운데에 다시 나옵니다.", "머리글은 한 번만 두십시오.", "다시 나온 머리글은 뺐습니다."),
        ["json-duplicate-property"] = ("한 레코드에 같은 이름의 항목이 두 번 있습니다.", "항목의 이름을 서로 다르게 하십시오.", "첫 값을 게시하고, 다른 값은 이 보고서에 둡니다."),
        ["json-invalid"] = ("JSON 문법에 맞지 않습니다.", "표시된 곳을 고치거나, JSON을 쓰는 프로그램에서 다시 내보내십시오.", null),
        ["json-line-invalid"] = ("이 줄은 JSON이 아닙니다.", "이 줄을 고치거나, 프로그램에서 다시 내보내십시오.", "그 줄은 게시하지 않았으며, 이 보고서에 있습니다."),
        ["json-not-an-object"] = ("다른 레코드와 달리 이름 없는 값입니다.", "모든 레코드를 같은 모양으로 만드십시오.", "그 값은 따로 둔 열에 게시합니다."),
        ["json-value-too-long"] = ("JSON 값 하나가 지나치게 깁니다.", "레코드의 배열로, 또는 한 줄에 한 레코드씩 올리십시오.", null),
        ["metadata-invalid"] = ("dataset.json의 내용이 올바르지 않습니다.", "표시된 항목을 고쳐 다시 올리십시오. 이전 메타데이터는 그대로 있습니다.", "이전에 알던 내용은 그대로 둡니다."),
        ["metadata-unknown-property"] = ("dataset.json에 알지 못하는 항목이 있습니다.", "항목의 이름을 확인하십시오.", "그 항목은 건너뛰었습니다."),
        ["no-data"] = ("파일 안에 자료가 없습니다.", "자료가 들어 있는 파일을 올리십시오.", null),
        ["not-a-table"] = ("표로 읽을 수 있는 파일이 아닙니다.", "파일을 만든 프로그램에서 표를 .xlsx 또는 .csv로 저장하여 올리십시오.", null),
        ["packed-too-deep"] = ("여러 겹으로 압축된 파일입니다.", "자료 파일 자체를 올리거나 한 번만 압축하십시오.", null),
        ["parquet-binary"] = ("열의 값이 글자가 아니라 바이트입니다.", "글자라면 STRING 형식으로, 도형이라면 GeoJSON 글자로 저장하십시오.", "바이트를 16진수 글자로 게시합니다."),
        ["parquet-broken"] = ("Parquet 파일이 손상되었거나 암호화되어 읽을 수 없습니다.", "암호화하지 않고 다시 저장하여 올리십시오.", null),
        ["password"] = ("암호가 걸린 파일입니다.", "암호를 없애고 다시 올리십시오.", null),
        ["point-not-made"] = ("dataset.json에 적은 좌표(위도, 경도)로 지점을 만들 수 없습니다.", "두 열이 숫자이고 위도는 ±90, 경도는 ±180 안에 있는지 확인하거나, dataset.json의 points를 고치십시오.", "두 열은 있는 그대로 게시했습니다."),
        ["row-length"] = ("이 행의 칸 수가 머리글과 다릅니다.", "빠지거나 남는 구분자가 없는지 확인하십시오.", "모자란 칸은 비웠고, 남는 칸은 빈칸을 빼거나 이웃한 칸을 다시 이어 열에 맞추었습니다."),
        ["rows-blank"] = ("빈 행이 있습니다.", "빈 행을 지우십시오.", "빈 행은 뺐습니다."),
        ["rows-none"] = ("머리글만 있고 자료 행이 없습니다.", "자료 행을 넣어 다시 올리십시오.", null),
        ["schema-field-added"] = ("이전 버전에 없던 열입니다.", "일부러 넣은 열이면 할 일이 없습니다.", "그 열을 넣어 새 버전을 게시했습니다."),
        ["schema-field-removed"] = ("이전 버전에 있던 열이 없어졌습니다.", "실수로 빠졌다면 그 열을 넣어 다시 올리십시오.", "그 열 없이 새 버전을 게시했습니다."),
        ["schema-type-changed"] = ("열의 자료형이 이전 버전과 다릅니다.", "이전과 다른 값이 섞였는지 확인하거나, dataset.json에 자료형을 적으십시오.", "새 자료형으로 새 버전을 게시했습니다."),
        ["several-tables"] = ("한 파일에 표가 여러 개 있습니다.", "표마다 파일을 나누어 각각의 데이터셋에 올리십시오.", null),
        ["sheet-ignored"] = ("자료가 있는 시트가 더 있지만, 첫 시트만 게시됩니다.", "다른 시트는 별도의 파일로 나누어 각각의 데이터셋에 올리십시오.", "그 시트는 게시하지 않았으며, 원본 파일에 남아 있습니다."),
        ["system-fault"] = ("시스템의 장애로 여러 번 시도했으나 처리하지 못했습니다.", "파일에는 문제가 없어 보입니다. 나중에 다시 올리고, 또 실패하면 운영자에게 알리십시오.", null),
        ["table-note"] = ("표 아래에 설명 글이 있습니다.", "설명은 dataset.json의 description에 적으십시오.", "행으로 게시하지 않았습니다."),
        ["table-preamble"] = ("머리글 위에 제목이나 설명 줄이 있습니다.", "제목과 설명은 dataset.json에 적으십시오.", "게시하지 않았습니다."),
        ["table-second"] = ("한 파일에 두 번째 표가 있습니다.", "표마다 파일을 나누어 올리십시오.", "첫 번째 표를 게시했습니다."),
        ["value-not-of-type"] = ("dataset.json에 적은 자료형에 맞지 않는 값입니다.", "값을 고치거나, dataset.json의 자료형을 고치십시오.", "이 행에서 그 값은 비웠습니다."),
    };

    /// <summary>The words for a code; null if there are none.</summary>
    public static (string What, string Fix, string? Done)? Of(string code) => Words.TryGetValue(code, out var words) ? words : null;
}
