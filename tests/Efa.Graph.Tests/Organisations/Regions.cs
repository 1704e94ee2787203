namespace Efa.Graph.Tests.Organisations;

/// <summary>A real region with its inhabitants on 31 December 2019 and an invented Leitweg-ID.</summary>
public sealed record Region(string Ars, string Ags, string Name, int Population, string PostalCode, string LeitwegId);

/// <summary>States, municipalities and districts as the Federal Statistical Office lists them.</summary>
public static class Regions
{
    public static readonly IReadOnlyList<(string Code, string Name, int Population)> States =
    [
        ("01", "Schleswig-Holstein", 2_903_773),
        ("02", "Hamburg", 1_847_253),
        ("03", "Niedersachsen", 7_993_608),
        ("04", "Bremen", 681_202),
        ("05", "Nordrhein-Westfalen", 17_947_221),
        ("06", "Hessen", 6_288_080),
        ("07", "Rheinland-Pfalz", 4_093_903),
        ("08", "Baden-Württemberg", 11_100_394),
        ("09", "Bayern", 13_124_737),
        ("10", "Saarland", 986_887),
        ("11", "Berlin", 3_669_491),
        ("12", "Brandenburg", 2_521_893),
        ("13", "Mecklenburg-Vorpommern", 1_608_138),
        ("14", "Sachsen", 4_071_971),
        ("15", "Sachsen-Anhalt", 2_194_782),
        ("16", "Thüringen", 2_133_378),
    ];

    public static readonly IReadOnlyList<Region> Municipalities =
    [
        new("010010000000", "01001000", "Flensburg, Stadt", 90_164, "24937", "01001000-EFADEMO-59"),
        new("010020000000", "01002000", "Kiel, Landeshauptstadt", 246_794, "24103", "01002000-EFADEMO-42"),
        new("010510011011", "01051011", "Brunsbüttel, Stadt", 12_380, "25541", "01051011-EFADEMO-79"),
        new("020000000000", "02000000", "Hamburg, Freie und Hansestadt", 1_847_253, "20038", "02000000-EFADEMO-51"),
        new("032410001001", "03241001", "Hannover, Landeshauptstadt", 536_925, "30159", "03241001-EFADEMO-38"),
        new("034040000000", "03404000", "Osnabrück, Stadt", 165_251, "49074", "03404000-EFADEMO-45"),
        new("034030000000", "03403000", "Oldenburg (Oldenburg), Stadt", 169_077, "26105", "03403000-EFADEMO-62"),
        new("031590016016", "03159016", "Göttingen, Stadt", 118_911, "37083", "03159016-EFADEMO-17"),
        new("040110000000", "04011000", "Bremen, Stadt", 567_559, "28195", "04011000-EFADEMO-08"),
        new("040120000000", "04012000", "Bremerhaven, Stadt", 113_643, "27576", "04012000-EFADEMO-88"),
        new("053150000000", "05315000", "Köln, Stadt", 1_087_863, "50667", "05315000-EFADEMO-53"),
        new("053340002002", "05334002", "Aachen, Stadt", 248_960, "52062", "05334002-EFADEMO-91"),
        new("057660044044", "05766044", "Lemgo, Stadt", 40_619, "32657", "05766044-EFADEMO-37"),
        new("057660020020", "05766020", "Detmold, Stadt", 74_254, "32756", "05766020-EFADEMO-70"),
        new("055700044044", "05570044", "Telgte, Stadt", 19_911, "48291", "05570044-EFADEMO-71"),
        new("051620022022", "05162022", "Meerbusch, Stadt", 56_415, "40667", "05162022-EFADEMO-29"),
        new("051540008008", "05154008", "Emmerich am Rhein, Stadt", 30_961, "46446", "05154008-EFADEMO-63"),
        new("064120000000", "06412000", "Frankfurt am Main, Stadt", 763_380, "60311", "06412000-EFADEMO-28"),
        new("066110000000", "06611000", "Kassel, documenta-Stadt", 202_137, "34117", "06611000-EFADEMO-40"),
        new("066360003003", "06636003", "Eschwege, Kreisstadt", 19_412, "37269", "06636003-EFADEMO-11"),
        new("073150000000", "07315000", "Mainz, Stadt", 218_578, "55116", "07315000-EFADEMO-03"),
        new("071110000000", "07111000", "Koblenz, Stadt", 114_052, "56068", "07111000-EFADEMO-76"),
        new("081110000000", "08111000", "Stuttgart, Landeshauptstadt", 635_911, "70173", "08111000-EFADEMO-51"),
        new("083110000000", "08311000", "Freiburg im Breisgau, Stadt", 231_195, "79098", "08311000-EFADEMO-46"),
        new("084160041041", "08416041", "Tübingen, Universitätsstadt", 91_506, "72070", "08416041-EFADEMO-84"),
        new("091620000000", "09162000", "München, Landeshauptstadt", 1_484_226, "80313", "09162000-EFADEMO-32"),
        new("095640000000", "09564000", "Nürnberg", 518_370, "90403", "09564000-EFADEMO-85"),
        new("097610000000", "09761000", "Augsburg", 296_582, "86150", "09761000-EFADEMO-34"),
        new("095770168168", "09577168", "Solnhofen", 1_748, "91807", "09577168-EFADEMO-21"),
        new("100410100100", "10041100", "Saarbrücken, Landeshauptstadt", 180_374, "66111", "10041100-EFADEMO-35"),
        new("110000000000", "11000000", "Berlin, Stadt", 3_669_491, "10178", "11000000-EFADEMO-20"),
        new("120540000000", "12054000", "Potsdam, Stadt", 180_334, "14469", "12054000-EFADEMO-47"),
        new("130040000000", "13004000", "Schwerin, Landeshauptstadt", 95_653, "19053", "13004000-EFADEMO-96"),
        new("130030000000", "13003000", "Rostock, Hansestadt", 209_191, "18055", "13003000-EFADEMO-16"),
        new("130740087087", "13074087", "Wismar, Hansestadt", 42_963, "23952", "13074087-EFADEMO-11"),
        new("130745458065", "13074065", "Rehna, Stadt", 3_573, "19217", "13074065-EFADEMO-17"),
        new("146120000000", "14612000", "Dresden, Stadt", 556_780, "01067", "14612000-EFADEMO-17"),
        new("147130000000", "14713000", "Leipzig, Stadt", 593_145, "04109", "14713000-EFADEMO-46"),
        new("145215115430", "14521430", "Niederwürschnitz", 2_579, "09399", "14521430-EFADEMO-27"),
        new("150030000000", "15003000", "Magdeburg, Landeshauptstadt", 237_565, "39104", "15003000-EFADEMO-63"),
        new("150020000000", "15002000", "Halle (Saale), Stadt", 238_762, "06108", "15002000-EFADEMO-80"),
        new("160510000000", "16051000", "Erfurt, Stadt", 213_981, "99084", "16051000-EFADEMO-95"),
        new("160530000000", "16053000", "Jena, Stadt", 111_343, "07743", "16053000-EFADEMO-61"),
    ];

    public static readonly IReadOnlyList<Region> Districts =
    [
        new("01051", "01051", "Dithmarschen", 133_193, "", "01051-EFADEMO-26"),
        new("03241", "03241", "Region Hannover", 1_157_115, "", "03241-EFADEMO-46"),
        new("05334", "05334", "Städteregion Aachen", 557_026, "", "05334-EFADEMO-66"),
        new("05570", "05570", "Warendorf", 277_840, "", "05570-EFADEMO-81"),
        new("05766", "05766", "Lippe", 347_514, "", "05766-EFADEMO-54"),
        new("06636", "06636", "Werra-Meißner-Kreis", 100_629, "", "06636-EFADEMO-46"),
        new("07131", "07131", "Ahrweiler", 130_086, "", "07131-EFADEMO-08"),
        new("08416", "08416", "Tübingen", 228_678, "", "08416-EFADEMO-72"),
        new("09184", "09184", "München", 350_473, "", "09184-EFADEMO-83"),
        new("09577", "09577", "Weißenburg-Gunzenhausen", 94_734, "", "09577-EFADEMO-64"),
        new("10041", "10041", "Regionalverband Saarbrücken", 328_714, "", "10041-EFADEMO-08"),
        new("12060", "12060", "Barnim", 185_244, "", "12060-EFADEMO-57"),
        new("13074", "13074", "Nordwestmecklenburg", 157_322, "", "13074-EFADEMO-45"),
        new("14521", "14521", "Erzgebirgskreis", 334_948, "", "14521-EFADEMO-56"),
        new("15083", "15083", "Börde", 170_923, "", "15083-EFADEMO-35"),
    ];
}
