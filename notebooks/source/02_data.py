# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 2. Data: what do we know?
#
# Work from top to bottom; every answer is saved as you give it. If nothing here can be clicked, choose
# **Run → Run All Cells** in the menu once.

# %%
from segkit import open_workbook
from segkit.show import frame
from segkit.show.data import pieces as show
from segkit.show.data.states import states as show_states
from segkit.widgets import history
from segkit.widgets.data import confirm, states
from segkit.widgets.data import questions as ask

wb = open_workbook()
frame.opening(wb, "data")

# %%
history.turn_back(wb)

# %% [markdown]
# **In this notebook** you choose the data, check that they were read correctly, see which rows count, and find out whether
# there are enough.
#
# **You need** your orders: an export from the till, the web shop or the books, or a database that holds them. One row per order
# or order line, with a customer, a date and an amount. A list of customers and survey answers help, but are not essential.
#
# Your data stay on this machine. Names, e-mail addresses and telephone numbers are never shown and never reach the report.

# %% [markdown]
# ## Choose the data

# %%
ask.source(wb)

# %%
show.reading(wb)

# %% [markdown]
# ### Please confirm
#
# Where your files leave a doubt, you are asked here, and shown what each answer would lead to. Until you answer, the workbook
# uses the likeliest.

# %%
confirm.questions(wb)

# %% [markdown]
# If something was read wrongly, fix it here: open the line for that file or table, and change only what is wrong.

# %%
ask.reading(wb)

# %% [markdown]
# ## Is each column read as the right thing?
#
# Open the list below and look for the customer, the date and the money. If one of them is wrong, choose what it really is.
# All figures further down are updated at once.

# %%
ask.roles(wb)

# %% [markdown]
# ## What stays private?
#
# Anything that reveals who somebody is has no place in a segment. The workbook looks at what a column contains, not only at its
# name, and keeps such data out.

# %% tags=["report"]
show.privacy(wb)

# %%
ask.privacy(wb)

# %% [markdown]
# ## Which order statuses count as sales?
#
# An order that failed, is still unpaid, was sent back or was only looked at is not a sale. Look for statuses marked “please
# check”, and choose what they mean in your business.

# %%
states.meanings(wb)

# %% [markdown]
# ## Which rows count?
#
# No row disappears: each is either used, or set aside by one of these rules and counted there. Switch a rule off if it does not
# suit your business.

# %%
ask.rules(wb)

# %% [markdown] tags=["report"]
# ### Which rows were used

# %% tags=["report"]
show.ledger(wb)

# %% tags=["report"]
show_states(wb)

# %% [markdown] tags=["report"]
# ### The main figures

# %% tags=["report"]
show.headline(wb)

# %% [markdown]
# Do these agree with your books? If customers, orders or revenue are far off, go back to the columns and the rules before you
# continue.

# %% [markdown] tags=["report"]
# ### Orders over time

# %% tags=["report"]
show.months(wb)

# %% [markdown] tags=["report"]
# ### How spending is spread over customers

# %% tags=["report"]
show.concentration(wb)

# %% [markdown] tags=["report"]
# ### How customers differ

# %% tags=["report"]
show.spread(wb)

# %% [markdown]
# ## What do you know of your customers?
#
# There are five kinds of things to know about customers, called segmentation bases. Few businesses know all five, and nobody
# needs to.

# %% [markdown] tags=["report"]
# ### What we know of our customers

# %% tags=["report"]
show.bases(wb)

# %% tags=["report"]
show.missing(wb)

# %% [markdown]
# ### Column by column

# %% tags=["report"]
show.columns(wb)

# %% [markdown]
# ## Accurate, complete, up to date, enough?

# %% [markdown] tags=["report"]
# ### How good the data are

# %% tags=["report"]
show.verdict(wb)

# %% [markdown]
# ## What else would help?
#
# No till knows what people think, who they are or what they are buying for. Ask them: a few questions, put to a few hundred
# customers. Tick what you want to know; anything your goals need and your data lack is already ticked.

# %%
ask.survey(wb)

# %%
show.survey(wb)

# %% [markdown]
# When the answers are in, add the file at the top of this notebook under “Survey answers”. The questions are recognised,
# whichever survey software wrote the file, and the answers are matched to customers by their number.

# %% [markdown]
# ## Try it
#
# Switch the rule “Cancelled order or credit note” off, look at the main figures, and switch it on again. What changed, and why
# would a segmentation built on the first figures mislead?
#
# <details><summary>A hint</summary>Does an order count as recent if the last thing the customer did was to cancel it?</details>
#
# <details><summary>One good answer</summary>Cancelled orders would count as orders, and often as money that never came in.
# Customers who cancelled look loyal and recent, so they would be thanked for their loyalty.</details>

# %% [markdown]
# ## Check yourself
#
# - Do customers, orders and revenue agree with your books?
# - Do you know why each large group of rows was set aside?
# - Is a kind of knowledge missing that your goals need?
#
# **You now have** one row per customer, counted and checked.
#
# **Next:** [3. Criteria: how do we split our customers?](03_criteria.ipynb)
