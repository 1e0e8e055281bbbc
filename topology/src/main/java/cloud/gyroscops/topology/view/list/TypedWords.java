package cloud.gyroscops.topology.view.list;

import cloud.gyroscops.topology.view.index.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;
import org.apache.lucene.util.automaton.Transition;

/**
 * What is being typed: whole words, and a last one that may be only begun. Each must be there, or, in longer words, nearly
 * so: letters that are wrong, missing, too many, or swapped with the next.
 */
record TypedWords(List<String> words) {

    /** Letters from which on one mistake is forgiven, and two. */
    private static final int ONE_MISTAKE_FROM = 4;

    private static final int TWO_MISTAKES_FROM = 8;
    /** Nobody types such a word; it would take long to find what is like it. */
    private static final int NO_MISTAKE_FROM = 40;

    private static final float EXACT = 1;
    private static final float BEGUN = 0.75f;
    private static final float MISTYPED = 0.5f;

    static TypedWords of(String text) {
        var words = new LinkedHashSet<String>();
        for (var word : Words.of(text)) {
            // The last one stays the last.
            words.remove(word);
            words.add(word);
        }
        return new TypedWords(List.copyOf(words));
    }

    /** Scores by how well words fit: at best their number. */
    Query query(String field) {
        var all = new BooleanQuery.Builder();
        for (int i = 0; i < words.size(); i++) {
            all.add(like(new Term(field, words.get(i)), i == words.size() - 1), Occur.MUST);
        }
        return all.build();
    }

    private static Query like(Term word, boolean last) {
        var ways = new ArrayList<Query>();
        ways.add(scored(new TermQuery(word), EXACT));
        if (last) {
            ways.add(scored(new PrefixQuery(word), BEGUN));
        }
        int mistakes = mistakes(word.text());
        if (mistakes > 0) {
            var alike = new LevenshteinAutomata(word.text(), true).toAutomaton(mistakes);
            ways.add(scored(new AutomatonQuery(word, last ? begun(alike) : alike), MISTYPED));
        }
        return ways.size() == 1 ? ways.get(0) : new DisjunctionMaxQuery(ways, 0);
    }

    private static Query scored(Query query, float score) {
        return new BoostQuery(new ConstantScoreQuery(query), score);
    }

    private static int mistakes(String word) {
        int letters = word.codePointCount(0, word.length());
        if (letters < ONE_MISTAKE_FROM || letters >= NO_MISTAKE_FROM) {
            return 0;
        }
        return letters < TWO_MISTAKES_FROM ? 1 : 2;
    }

    /** Takes whatever begins with what the other one takes; stays deterministic. */
    private static Automaton begun(Automaton word) {
        var begun = new Automaton.Builder();
        for (int state = 0; state < word.getNumStates(); state++) {
            begun.createState();
            begun.setAccept(state, word.isAccept(state));
        }
        var transition = new Transition();
        for (int state = 0; state < word.getNumStates(); state++) {
            if (word.isAccept(state)) {
                begun.addTransition(state, state, Character.MIN_CODE_POINT, Character.MAX_CODE_POINT);
            } else {
                int count = word.initTransition(state, transition);
                for (int i = 0; i < count; i++) {
                    word.getNextTransition(transition);
                    begun.addTransition(state, transition.dest, transition.min, transition.max);
                }
            }
        }
        return begun.finish();
    }
}
