package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.topology.view.index.Ordering;
import cloud.gyroscops.topology.view.index.Queries;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.search.Query;

/**
 * Which payments are wanted, and how.
 *
 * @param statuses one of these; none: any
 * @param currencies one of these; none: any
 * @param least the least amount, in minor units; empty: any
 * @param most the greatest amount, in minor units; empty: any
 * @param created when they were created
 * @param processed when they were processed; {@link Period#ANY} takes in those that were not
 * @param userId whose; empty: anybody's
 * @param text words that those of description or metadata values begin with, each of them; at most 200 characters
 * @param sort what by; equal ones by id
 * @param descending whether the greatest, latest, or last in the alphabet come first
 */
public record PaymentQuery(
        List<PaymentStatus> statuses,
        List<String> currencies,
        Optional<Long> least,
        Optional<Long> most,
        Period created,
        Period processed,
        String userId,
        String text,
        PaymentSort sort,
        boolean descending,
        Paging paging) {

    /** Checks the values; throws {@code IllegalArgumentException}. */
    public PaymentQuery {
        statuses = List.copyOf(statuses);
        currencies = List.copyOf(currencies);
        if (least.isPresent() && most.isPresent() && least.get() > most.get()) {
            throw new IllegalArgumentException(
                    "amounts are " + least.get() + " to " + most.get() + "; the second must not be less");
        }
        FreeText.check(text);
        paging.within(Paging.DEEPEST);
        paging.after(sort.ordering(descending));
    }

    /** The same over all organizations; throws {@code IllegalArgumentException} where its page is out of reach there. */
    public PaymentQuery overAll() {
        paging.within(Paging.DEEPEST_OVER_ALL);
        return this;
    }

    Ordering ordering() {
        return sort.ordering(descending);
    }

    Query in(String organizationId) {
        return new Queries()
                .is(PaymentDocuments.ORGANIZATION, organizationId)
                .isOneOf(
                        PaymentDocuments.STATUS,
                        statuses.stream().map(Enum::name).toList())
                .isOneOf(PaymentDocuments.CURRENCY, currencies)
                .isBetween(PaymentDocuments.AMOUNT, least.orElse(Long.MIN_VALUE), most.orElse(Long.MAX_VALUE))
                .isBetween(PaymentDocuments.CREATED_AT, created.least(), created.most())
                .isBetween(PaymentDocuments.PROCESSED_AT, processed.least(), processed.most())
                .is(PaymentDocuments.USER, userId)
                .hasWords(PaymentDocuments.WORDS, text)
                .query();
    }
}
