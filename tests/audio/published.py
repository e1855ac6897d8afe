"""What the process that renders puts into the decks: read, or put there in its place."""

from morphstudio.audio.decks import LENGTH, PUBLISHED, DeckBank, SharedDecks


def begin(player, n_frames):
    """A free deck of a player's, as the process that renders takes it."""
    return DeckBank(SharedDecks(player.deck_memory.buffer)).begin(n_frames)


def published(player, generation=None):
    """Samples of the newest published deck, which is to be of this generation."""
    shared = SharedDecks(player.deck_memory.buffer)
    newest, deck = divmod(int(shared.words[PUBLISHED]), 4)
    assert generation in (None, newest)
    return shared.decks[deck][: int(shared.words[LENGTH + deck])].copy()
