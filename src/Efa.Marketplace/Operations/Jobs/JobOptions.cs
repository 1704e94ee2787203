namespace Efa.Marketplace.Operations.Jobs;

/// <summary>Settings of section <c>Jobs</c>.</summary>
public sealed class JobOptions
{
    public const string Section = "Jobs";

    private const int FewestSeconds = 3;
    private const int MostSeconds = 600;

    /// <summary>How long a node that says nothing keeps a job; after that another one, or the same after a restart, goes on with it.</summary>
    public int LeaseSeconds { get; set; } = 30;

    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    /// <summary>Twice it may fail before the job is lost.</summary>
    public TimeSpan Renewal => Lease / 3;

    public string? Problem() =>
        LeaseSeconds is < FewestSeconds or > MostSeconds ? $"{Section}:{nameof(LeaseSeconds)} is {LeaseSeconds}, but must be from {FewestSeconds} to {MostSeconds}." : null;
}
