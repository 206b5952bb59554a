using OpenData.Catalog;

namespace OpenData.Ingest.Report;

/// <summary>What a report says of a drop as a whole, in Korean and English.</summary>
/// <param name="Ko">In two words, in Korean.</param>
/// <param name="En">In two words, in English.</param>
/// <param name="Heading">In a sentence.</param>
/// <param name="Served">What that means for the file and for what is served.</param>
internal sealed record ReportedOutcome(string Ko, string En, (string Ko, string En) Heading, (string Ko, string En) Served)
{
    private static readonly (string Ko, string En) KeptAndServed = (
        "올리신 파일은 그대로 보관되어 있으며, 이전에 게시된 데이터는 계속 제공됩니다.",
        "Your file is kept as it is, and what was published before is still served.");

    /// <summary>What is said of a drop in a state.</summary>
    public static ReportedOutcome Of(UploadState state) => state switch
    {
        UploadState.Published => new(
            "게시됨", "published", ("이 파일은 게시되었습니다", "This file was published"),
            ("아래 내용을 확인하고, 고칠 것이 있으면 파일을 고쳐 다시 올려 주십시오.",
                "Look through what was noted, and upload a corrected file if anything is to be mended.")),
        UploadState.Processing => new(
            "처리 중", "being read", ("이 파일을 읽고 있습니다", "This file is being read"),
            ("이전에 게시된 데이터는 계속 제공됩니다.", "What was published before is still served.")),
        UploadState.Pending => new(
            "승인 대기", "waits for approval", ("이 파일은 승인을 기다리고 있습니다", "This file waits for an approver"), KeptAndServed),
        UploadState.Scheduled => new(
            "공개 예정", "scheduled", ("이 파일은 정해진 시각에 공개됩니다", "This file is published at a set time"), KeptAndServed),
        UploadState.Held => new(
            "보류됨", "held", ("이 파일은 보류되었습니다", "This file is held"), KeptAndServed),
        _ => new(
            "게시되지 않음", "not published", ("이 파일은 게시되지 않았습니다", "This file was not published"), KeptAndServed),
    };
}
