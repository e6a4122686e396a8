package dev.netwright.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TeamChoiceTest {
    private final TeamChoice choice = new TeamChoice();

    /** How many of so many passes were alone, if they take so long. */
    private int passes(int count, long together, long alone) {
        int wereAlone = 0;
        for (int i = 0; i < count; i++) {
            wereAlone += choice.isAlone() ? 1 : 0;
            choice.took(choice.isAlone() ? alone : together, 1);
        }
        return wereAlone;
    }

    @Test
    void beginsWithTheTeam() {
        assertThat(passes(32, 100_000, 10_000)).isEqualTo(0);
    }

    @Test
    void findsThatOneIsFaster() {
        passes(40, 340_000, 240_000);
        assertThat(choice.isAlone()).isTrue();
        assertThat(passes(10_000, 340_000, 240_000)).isGreaterThan(9_900);
    }

    @Test
    void findsThatTheTeamIsFaster() {
        assertThat(passes(10_000, 140_000, 240_000)).isLessThan(50);
    }

    @Test
    void seesThatItHasChanged() {
        passes(1000, 340_000, 240_000);
        assertThat(choice.isAlone()).isTrue();
        passes(5000, 140_000, 240_000);
        assertThat(passes(1000, 140_000, 240_000)).isLessThan(50);
    }

    @Test
    void endsATrialThatIsHopeless() {
        assertThat(passes(60, 100_000, 6_000_000)).isEqualTo(1);
    }

    @Test
    void staysWhereNothingIsGained() {
        passes(40, 100_000, 97_000);
        assertThat(choice.isAlone()).isFalse();
    }

    @Test
    void doesNotTryWhatIsLong() {
        assertThat(passes(1000, 10_000_000, 1_000_000)).isEqualTo(0);
    }
}
