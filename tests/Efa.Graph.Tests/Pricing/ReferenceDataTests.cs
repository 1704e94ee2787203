using Efa.Graph.Tests.Organisations;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Organisations;

namespace Efa.Graph.Tests.Pricing;

public sealed class ReferenceDataTests
{
    [Fact]
    public void The_sixteen_states_are_those_of_the_statistics()
    {
        Assert.Equal(Regions.States, FederalStates.All.Select(s => (s.Code, s.Name, s.Population)));
        Assert.Equal(83_166_711, FederalStates.All.Sum(s => s.Population));
        Assert.Equal("Hamburg", FederalStates.Of("02")!.Name);
        Assert.Null(FederalStates.Of("17"));
    }

    [Fact]
    public void The_Koenigstein_key_adds_up_to_a_hundred() => Assert.Equal(100.00000m, FederalStates.All.Sum(s => s.KoenigsteinShare));

    [Fact]
    public void There_are_fourteen_subject_areas()
    {
        Assert.Equal(14, SubjectAreas.All.Count);
        Assert.Equal(14, SubjectAreas.All.DistinctBy(a => a.Code).Count());
        Assert.Equal(("Bauen & Wohnen", "Building and housing"), (SubjectAreas.Of("BUILDING_AND_HOUSING")!.Name.German, SubjectAreas.Of("BUILDING_AND_HOUSING")!.Name.English));
        Assert.Null(SubjectAreas.Of("building"));
    }
}
