namespace Efa.Marketplace.Catalog.Imports;

/// <summary>Settings of section <c>Imports</c>: what a file of offers may be.</summary>
public sealed class ImportOptions
{
    public const string Section = "Imports";

    private const int MostDays = 10_000;

    /// <summary>Largest file, also unpacked.</summary>
    public long MaxBytes { get; set; } = 512 * 1024 * 1024;

    /// <summary>Most rows of a file.</summary>
    public int MaxRows { get; set; } = 200_000;

    /// <summary>How long a plan waits to be applied; 0 for as long as it takes.</summary>
    public int PlanDays { get; set; } = 30;

    /// <summary>How long it can be read what became of each row, after the end of its import; 0 for ever.</summary>
    public int ReportDays { get; set; } = 365;

    /// <summary>What is wrong with them, by the name of the setting.</summary>
    public string? Problem() =>
        MaxBytes < 1 ? $"{Section}:MaxBytes is {MaxBytes}, but must be at least 1."
        : MaxRows < 1 ? $"{Section}:MaxRows is {MaxRows}, but must be at least 1."
        : PlanDays is < 0 or > MostDays ? $"{Section}:PlanDays is {PlanDays}, but must be from 0 to {MostDays}."
        : ReportDays is < 0 or > MostDays ? $"{Section}:ReportDays is {ReportDays}, but must be from 0 to {MostDays}."
        : null;
}
