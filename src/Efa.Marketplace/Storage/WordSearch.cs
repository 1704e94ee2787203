namespace Efa.Marketplace.Storage;

/// <summary>One word of a search: letters and digits only, so that nothing in it can be an operator of any database.</summary>
/// <param name="Word">As typed; found wherever a word begins with it.</param>
/// <param name="Stem">Found in the same way, so that other forms of the word are found too.</param>
public sealed record SearchTerm(string Word, string Stem);

/// <summary>A version in which all words of a search were found.</summary>
public sealed class SearchHit
{
    public Guid VersionId { get; init; }

    /// <summary>3 where the title has all words, 2 with the service's name and keys, 1 with the summary, 0 with the description; -1 where a word is only like one.</summary>
    public int Rank { get; init; }
}
