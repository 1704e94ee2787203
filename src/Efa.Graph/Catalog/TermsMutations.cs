using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using GraphQL.Types;

namespace Efa.Graph.Catalog;

/// <summary>Terms that orders accept.</summary>
internal static class TermsMutations
{
    public static void AddTo(MutationType mutation) =>
        mutation.Add<PublishTerms, PublishTerms.Input, PublishTermsInputType, TermsDocumentType>("document", (request, id) => request.Get<TermsDocumentLoader>().Load(id).AsObject(),
            "By a seller or supplier. Every offer that names the superseded document asks for this one from validFrom on; orders keep what they accepted.");
}

public sealed class PublishTermsInputType : MutationInputType<PublishTerms.Input>
{
    public PublishTermsInputType()
        : base("PublishTermsInput", "Every offer that names the superseded document asks for this one from validFrom on.")
    {
        Id("ownerId", IdPrefix.Organisation, "A seller or supplier that the caller acts for.");
        Add<NonNullGraphType<EnumType<DocumentKind>>>("kind", "That of the superseded document.");
        Add<NonNullGraphType<StringGraphType>>("title", $"Up to {TermsDocument.TitleLength} characters.");
        Add<NonNullGraphType<StringGraphType>>("versionLabel", $"The owner's own, such as 3.1; up to {TermsDocument.VersionLabelLength} characters.");
        Add<NonNullGraphType<Sha256Type>>("sha256", "Of the bytes, which were put to /documents/{sha256} before.");
        Add<NonNullGraphType<DateType>>("validFrom", $"Today or later, after the first day of the superseded document, at most {PublishTerms.MostYearsAhead} years ahead.");
        Id("supersedesId", IdPrefix.Terms, "A document of the same owner that is not superseded yet.", required: false);
    }

    protected override PublishTerms.Input ReadInput(InputFields fields) => new(
        fields.Get<Guid>("ownerId"), fields.Get<DocumentKind>("kind"), fields.Get<string>("title"), fields.Get<string>("versionLabel"), fields.Get<string>("sha256"),
        fields.Get<DateOnly>("validFrom"), fields.Optional<Guid?>("supersedesId"));
}
