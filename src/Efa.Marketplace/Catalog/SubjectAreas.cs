namespace Efa.Marketplace.Catalog;

/// <summary>A subject area (Themenfeld) of the OZG implementation catalogue.</summary>
public sealed record SubjectArea(string Code, Text Name);

/// <summary>The fourteen subject areas.</summary>
public static class SubjectAreas
{
    public static readonly IReadOnlyList<SubjectArea> All =
    [
        new("WORK_AND_RETIREMENT", new("Arbeit & Ruhestand", "Work and retirement")),
        new("BUILDING_AND_HOUSING", new("Bauen & Wohnen", "Building and housing")),
        new("EDUCATION", new("Bildung", "Education")),
        new("IMMIGRATION_AND_EMIGRATION", new("Ein- & Auswanderung", "Immigration and emigration")),
        new("VOLUNTEERING_AND_HOBBY", new("Engagement & Hobby", "Volunteering and hobby")),
        new("FAMILY_AND_CHILD", new("Familie & Kind", "Family and child")),
        new("RESEARCH_AND_FUNDING", new("Forschung & Förderung", "Research and funding")),
        new("HEALTH", new("Gesundheit", "Health")),
        new("MOBILITY_AND_TRAVEL", new("Mobilität & Reisen", "Mobility and travel")),
        new("CROSS_CUTTING", new("Querschnitt", "Cross-cutting")),
        new("LAW_AND_ORDER", new("Recht & Ordnung", "Law and order")),
        new("TAXES_AND_CUSTOMS", new("Steuern & Zoll", "Taxes and customs")),
        new("ENVIRONMENT", new("Umwelt", "Environment")),
        new("BUSINESS", new("Unternehmensführung & -entwicklung", "Business management and development")),
    ];

    public static SubjectArea? Of(string code) => All.FirstOrDefault(a => a.Code == code);
}
