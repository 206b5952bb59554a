namespace OpenData.Query.Compilation;

/// <summary>The names of days and months. The runtime's own depend on the machine.</summary>
internal static class CalendarNames
{
    private sealed record Calendar(string[] Days, string[] DaysShort, string[] Months, string[] MonthsShort);

    private static readonly Dictionary<string, Calendar> Calendars = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = Of("Monday Tuesday Wednesday Thursday Friday Saturday Sunday", "Mon. Tue. Wed. Thu. Fri. Sat. Sun.",
            "January February March April May June July August September October November December",
            "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
        ["ko"] = Of("월요일 화요일 수요일 목요일 금요일 토요일 일요일", "월 화 수 목 금 토 일",
            "1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월", "1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월"),
        ["fr"] = Of("lundi mardi mercredi jeudi vendredi samedi dimanche", "lun. mar. mer. jeu. ven. sam. dim.",
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."),
        ["nl"] = Of("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag", "ma di wo do vr za zo",
            "januari februari maart april mei juni juli augustus september oktober november december",
            "jan feb mrt apr mei jun jul aug sep okt nov dec"),
        ["pt"] = Of("segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo", "seg. ter. qua. qui. sex. sáb. dom.",
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez."),
        ["it"] = Of("lunedì martedì mercoledì giovedì venerdì sabato domenica", "lun mar mer gio ven sab dom",
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            "gen feb mar apr mag giu lug ago set ott nov dic"),
        ["ar"] = Of("الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد", "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
            "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
            "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
        ["de"] = Of("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag", "Mo. Di. Mi. Do. Fr. Sa. So.",
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez."),
        ["es"] = Of("lunes martes miércoles jueves viernes sábado domingo", "lun mar mié jue vie sáb dom",
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "ene feb mar abr may jun jul ago sept oct nov dic"),
        ["ca"] = Of("dilluns dimarts dimecres dijous divendres dissabte diumenge", "dl. dt. dc. dj. dv. ds. dg.",
            "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
            "gen. febr. març abr. maig juny jul. ag. set. oct. nov. des."),
        ["eu"] = Of("astelehena asteartea asteazkena osteguna ostirala larunbata igandea", "al. ar. az. og. or. lr. ig.",
            "urtarrila otsaila martxoa apirila maiatza ekaina uztaila abuztua iraila urria azaroa abendua",
            "urt. ots. mar. api. mai. eka. uzt. abu. ira. urr. aza. abe."),
        ["sv"] = Of("måndag tisdag onsdag torsdag fredag lördag söndag", "mån tis ons tors fre lör sön",
            "januari februari mars april maj juni juli augusti september oktober november december",
            "jan. feb. mars apr. maj juni juli aug. sep. okt. nov. dec."),
    };

    /// <summary>The languages there are names in.</summary>
    public static IReadOnlyCollection<string> Languages => Calendars.Keys;

    /// <summary>From Monday on.</summary>
    public static IReadOnlyList<string> Days(string language) => Find(language).Days;

    /// <summary>From Monday on, short.</summary>
    public static IReadOnlyList<string> DaysShort(string language) => Find(language).DaysShort;

    /// <summary>From January on.</summary>
    public static IReadOnlyList<string> Months(string language) => Find(language).Months;

    /// <summary>From January on, short.</summary>
    public static IReadOnlyList<string> MonthsShort(string language) => Find(language).MonthsShort;

    private static Calendar Find(string language) => Calendars.TryGetValue(language, out var calendar) ? calendar : Calendars["en"];

    private static Calendar Of(string days, string daysShort, string months, string monthsShort) =>
        new(days.Split(' '), daysShort.Split(' '), months.Split(' '), monthsShort.Split(' '));
}
