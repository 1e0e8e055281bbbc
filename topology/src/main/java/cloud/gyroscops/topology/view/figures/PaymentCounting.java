package cloud.gyroscops.topology.view.figures;

import cloud.gyroscops.contract.payment.PaymentStatus;
import cloud.gyroscops.contract.view.CurrencyFigures;
import cloud.gyroscops.contract.view.StatusCount;
import java.util.ArrayList;
import java.util.List;

/** How payments are added up, in place. */
final class PaymentCounting {

    private PaymentCounting() {}

    static void add(List<CurrencyFigures> currencies, PaymentShare share) {
        change(currencies, share, 1);
    }

    static void subtract(List<CurrencyFigures> currencies, PaymentShare share) {
        change(currencies, share, -1);
    }

    private static void change(List<CurrencyFigures> currencies, PaymentShare share, int sign) {
        var currency = currency(currencies, share.currency());
        count(currency.getStatuses(), share.status(), sign);
        Wide.add(currency.getAsked(), sign * share.asked());
        Wide.add(currency.getReceived(), sign * share.received());
        Wide.add(currency.getRefunded(), sign * share.refunded());
        currency.setRefunds(currency.getRefunds() + sign * share.refunds());
    }

    /** Currencies stay in the order of their codes. */
    private static CurrencyFigures currency(List<CurrencyFigures> currencies, String code) {
        int at = 0;
        while (at < currencies.size() && currencies.get(at).getCurrency().compareTo(code) < 0) {
            at++;
        }
        if (at == currencies.size() || !currencies.get(at).getCurrency().equals(code)) {
            currencies.add(at, new CurrencyFigures(code, new ArrayList<>(), Wide.zero(), Wide.zero(), Wide.zero(), 0L));
        }
        return currencies.get(at);
    }

    private static void count(List<StatusCount> statuses, PaymentStatus status, int sign) {
        for (int i = 0; i < statuses.size(); i++) {
            var count = statuses.get(i);
            if (count.getStatus() == status) {
                count.setCount(count.getCount() + sign);
                if (count.getCount() == 0) {
                    statuses.remove(i);
                }
                return;
            }
        }
        statuses.add(new StatusCount(status, (long) sign));
    }
}
