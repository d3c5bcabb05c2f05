"""One list of directions, for yes or no and for articles side by side."""

from rag.text.directions import ways, ways_of_things
from rag.text.words import stem


def test_a_word_before_a_thing_goes_the_way_of_its_stem():
    told = ways_of_things()
    assert told["fewer"] == "down" and told["increased"] == "up"
    assert all(ways()[stem(word)] == way for word, way in told.items())
