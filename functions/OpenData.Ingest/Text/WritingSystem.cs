namespace OpenData.Ingest.Text;

/// <summary>
/// What text of a language looks like, as far as it helps to tell encodings apart: the characters beyond ASCII that most of its text is
/// made of, and the others that belong to it.
/// </summary>
/// <param name="Name">The language, or languages that are written alike.</param>
/// <param name="Frequent">The characters that carry most of its text; of scripts with cases, in lower case.</param>
/// <param name="Rest">The other characters of its alphabet, in lower case; empty for scripts of thousands of characters.</param>
/// <param name="Encodings">The legacy encodings that it is written in.</param>
internal sealed record WritingSystem(string Name, string Frequent, string Rest, IReadOnlyList<TextEncoding> Encodings)
{
    private const string ModernRussian = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё";

    /// <summary>The languages that are looked for.</summary>
    public static IReadOnlyList<WritingSystem> All { get; } =
    [
        new("Korean",
            "이다의는에을를가은로고하지도사기한인대시서자과그리나어으일아정해보만부라장전제수구여들원동주상게안성스비조방산공면연유경용무소관물개신생국화문미중"
            + "세학회호적진위발분설치등행업역법금모당교통계실택단체종민간내외천남북강길읍군명번년월명건평합총목록칭코드별량액율률최초평균",
            "", [TextEncoding.Cp949]),
        new("Japanese",
            "日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入選立開手米力学問高代明実円関決子動京全"
            + "目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用制治度務強気小七成期公野協取都和統以機平総加山思家話世受区領多県続進正安設保改数記院"
            + "女初北午指権心界支第産結百派点教報済書府活原先共得解名交資予川向際査勝面委告軍文反元重近千考判認画海参売利組知案道信策集在件団別物側任引使求所次水半品"
            + "論計官増係感特情投示変打男基私各始島直両朝価式確村提運終挙果西台広容必応電歳住争談能無再位置企真流格有口過局少放税検町常校料状工建語営空職証土急止送園称席",
            "", [TextEncoding.ShiftJis, TextEncoding.EucJp]),
        new("Chinese, simplified",
            "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小多天而能好都然没日于起还发成事只作当想看文无开手十用"
            + "主行方又如前所本见经头面公同三已老从动两长知民样现分将外但些与高意进把法此实回二理美点月明其种全工己者向情部正名定女问力机给等几业最间新什打便位因重电四"
            + "第门相次东政海口使教西再平真世气信北少关并内加化由代军产入先山五太水万市体别处总才场师书比住员性通目华报立马命张活难神数件安表原车白应路期常提金何更反合"
            + "放做系计或司利受光王果界及今京务制解各任至清物台记边共风接许八特服林题建南度统色字请交算论百义科元社术结六功指思非流每青管连远资队带花条院变联言权展该领"
            + "传近留红治决周保达办运武半七必城区县镇乡村街号省称类型编址量座位图书馆园绿野星河",
            "", [TextEncoding.Gb18030]),
        new("Chinese, traditional",
            "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可里後小多天而能好都然沒日於起還發成事只作當想看文無開手十用"
            + "主行方又如前所本見經頭面公同三已老從動兩長知民樣現分將外但些與高意進把法此實回二理美點月明其種全工己者向情部正名定女問力機給等幾業最間新什打便位因重電四"
            + "第門相次東政海口使教西再平真世氣信北少關並內加化由代軍產入先山五太水萬市體別處總才場師書比住員性通目華報立馬命張活難神數件安表原車白應路期常提金何更反合"
            + "放做系計或司利受光王果界及今京務制解各任至清物台臺記邊共風接許八特服林題建南度統色字請交算論百義科元社術結六功指思非流每青管連遠資隊帶花條院變聯言權展該領"
            + "傳近留紅治決周保達辦運武半七必城區縣鄉鎮鄰村街號稱類型編址省量座圖館園綠野星河里巷弄樓段",
            "", [TextEncoding.Big5]),
        new("Russian, Bulgarian", ModernRussian[..18], ModernRussian[18..], [
            TextEncoding.Windows1251, TextEncoding.Koi8R, TextEncoding.Iso8859Part5, TextEncoding.Ibm866
        ]),
        new("Ukrainian, Belarusian", "оаинтверсікулдмпяз", "ьбгчйюхцжшєїщфґўыэё", [TextEncoding.Windows1251, TextEncoding.Koi8U]),
        new("Serbian, Macedonian", "аоиеностјрвуклдмпз", "гбњљчцшжћђџхфѓќѕ", [TextEncoding.Windows1251]),
        new("Greek", "αοιετσνηυρπκμλςίόάέή", "ωδγχθφβξζύώψϊϋΐΰ", [TextEncoding.Windows1253, TextEncoding.Iso8859Part7]),
        new("Hebrew", "יוהלאמרתבשנ", "עדקפחטזסגצכךםןףץ", [TextEncoding.Windows1255, TextEncoding.Iso8859Part8]),
        new("Arabic, Persian", "المينرتبةودسعفكهأق", "حجشخصطضزغثذظءآإىئؤپچژگ", [TextEncoding.Windows1256, TextEncoding.Iso8859Part6]),
        new(
            "Thai",
            "านรอกเงมยลวดทสตะปบคหแจพชขใไโผถซธ",
            "ณศฐภฟษญฎฏฉฝฆฬฮฤฑฌำๆฯ\u0E31\u0E34\u0E35\u0E36\u0E37\u0E38\u0E39\u0E47\u0E48\u0E49\u0E4A\u0E4B\u0E4C\u0E4D",
            [TextEncoding.Windows874]),
        new("French", "éèàêçôîûâ", "ëïùüœæÿ", [TextEncoding.Windows1252]),
        new("German", "äöüß", "é", [TextEncoding.Windows1252]),
        new("Spanish, Catalan", "áéíóúñ", "üçàèòï·", [TextEncoding.Windows1252]),
        new("Portuguese, Italian", "ãçáéíóõàèòù", "âêôúüì", [TextEncoding.Windows1252]),
        new("Nordic languages", "åäöæøéíáóðþúý", "", [TextEncoding.Windows1252]),
        new("Dutch", "ëéïè", "öüóáêçñ", [TextEncoding.Windows1252]),
        new("Polish", "ąćęłńóśźż", "", [TextEncoding.Windows1250, TextEncoding.Iso8859Part2]),
        new("Czech, Slovak", "áčďéěíňóřšťúůýž", "ľĺŕôä", [TextEncoding.Windows1250, TextEncoding.Iso8859Part2]),
        new("Hungarian", "áéíóöőúüű", "", [TextEncoding.Windows1250, TextEncoding.Iso8859Part2]),
        new("Croatian, Slovene", "čćđšž", "", [TextEncoding.Windows1250, TextEncoding.Iso8859Part2]),
        new("Romanian", "ăâîşţ", "șț", [TextEncoding.Windows1250, TextEncoding.Iso8859Part2]),
        new("Turkish", "çğıöşüi\u0307", "âîû", [TextEncoding.Windows1254]),
        new("Baltic languages", "āčēģīķļņšūžąęėįųõäöü", "", [TextEncoding.Windows1257]),
    ];
}
